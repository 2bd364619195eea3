# METADATA
# description: |
#   What other objects say about an object: the Services that select its pods, its autoscalers and budgets, how many
#   pods it has at least. opslint computes these joins once per application and hands them over in data.joins; another
#   engine offers only data.inventory, from which data.opslint.lib.inventory then computes the entries of the same shape.
#
#   Every function takes the object and gives an array, empty if nothing is known, or is undefined where one entry is
#   asked for.
package opslint.lib.joins

import data.opslint.lib.inventory
import data.opslint.lib.kubernetes

# given holds if the joins were handed over.
given if is_object(data.joins)

# complete holds if all companions of the objects were read: only then is what is absent really missing.
complete if {
	given
	not data.joins.unreadable[0]
}

complete if {
	not given
	inventory.given
}

# _entries(join, doc) are the entries of a join for an object.
_entries(join, doc) := object.get(data.joins, [join, kubernetes.name_of(doc)], [])

# services_of(doc) are the Services that select the pods of a workload.
services_of(doc) := _entries("services_of", doc) if {
	given
} else := inventory.services_of(doc)

# autoscalers_of(doc) are the autoscalers that target a workload.
autoscalers_of(doc) := _entries("autoscalers_of", doc) if {
	given
} else := inventory.autoscalers_of(doc)

# budgets_of(doc) are the PodDisruptionBudgets that select the pods of a workload.
budgets_of(doc) := _entries("budgets_of", doc) if {
	given
} else := inventory.budgets_of(doc)

# effective_minimum_of(doc) is the number of pods that a workload, or all workloads of a budget, have at least, with the
# place that decides it. Undefined for what has no such number.
effective_minimum_of(doc) := data.joins.effective_minimum[kubernetes.name_of(doc)] if {
	given
} else := inventory.effective_minimum_of(doc) if {
	not given
}

# targets_of(doc) are the workloads that an autoscaler scales.
targets_of(doc) := _entries("targets_of", doc) if {
	given
} else := inventory.targets_of(doc)

# missed_target_of(doc) describes the target of an autoscaler that was found nowhere.
missed_target_of(doc) := data.joins.missed_target_of[kubernetes.name_of(doc)] if {
	given
} else := inventory.missed_target_of(doc) if {
	not given
}

# workloads_of(doc) are the workloads whose pods a budget or Service selects.
workloads_of(doc) := _entries("workloads_of", doc) if {
	given
} else := inventory.workloads_of(doc)

# claims_of(doc) are the claims among the volumes of a workload.
claims_of(doc) := _entries("claims_of", doc) if {
	given
} else := inventory.claims_of(doc)

# defaulted_resources_of(doc) are the resources for which a LimitRange of the namespace has a default.
defaulted_resources_of(doc) := {resource |
	some entry in data.joins.limit_ranges_of[kubernetes.name_of(doc)]
	some resource in entry.resources
} if {
	given
} else := inventory.defaulted_resources_of(doc)

# requests_set(doc) holds if a VerticalPodAutoscaler sets the requests of the pods.
requests_set(doc) if data.joins.requests_set[kubernetes.name_of(doc)]

requests_set(doc) if {
	not given
	inventory.requests_set(doc)
}

# users_of(doc) are the workloads that use a ConfigMap, and how.
users_of(doc) := _entries("users_of", doc) if {
	given
} else := inventory.users_of(doc)

# replicas_ignored(doc) holds if a deployment tool was told not to reset the number of replicas.
replicas_ignored(doc) if data.joins.replicas_ignored[kubernetes.name_of(doc)]

# completed_by(doc) are the kustomizations that change the object, with the keys that they set.
completed_by(doc) := _entries("completed_by", doc) if {
	given
} else := []

# secret(text) holds if the text is the name of a Secret of the application.
secret(text) if data.joins.secrets[text]

secret(text) if {
	not given
	inventory.secret(text)
}

# replaced_image(name) holds for an image name, without a tag, that a build or kustomization replaces.
replaced_image(name) if data.joins.replaced_images[name]

# replaces_images holds if there are such images at all.
replaces_images if count(data.joins.replaced_images) > 0

# charts are folders of Helm charts, whose objects are not in sight.
charts := [chart | some chart in data.joins.charts]
