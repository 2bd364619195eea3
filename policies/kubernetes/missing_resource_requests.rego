# METADATA
# title: Container without resource requests
# description: |
#   The scheduler places pods by what they request. A container that requests nothing is placed where there may be
#   nothing for it, is the first to be evicted when memory runs short, and gives CPU and memory metrics no scale.
#
#   What counts: an app container, of Jobs too, for which CPU or memory has neither a request nor a limit (a limit without
#   a request is a request). CPU limits are never asked for.
#
#   Not asked of: init containers and well-known sidecars; pods with resources of their own; namespaces whose LimitRange
#   has a default; workloads whose requests a VerticalPodAutoscaler sets; pods that only wait; anything outside
#   production.
# custom:
#   id: kubernetes/missing-resource-requests
#   severity: warning
#   clauses: [OPS-MON.5, OPS-CAP.4]
#   kinds: [Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Rollout, DeploymentConfig, Pod, Job, CronJob, Service]
#   scope: workspace
#   remedy: set resources.requests for cpu and memory to what the container needs under usual load
package opslint.rules.kubernetes.missing_resource_requests

import data.opslint.lib.joins
import data.opslint.lib.kubernetes
import data.opslint.lib.unknown

subject contains container.path if some container in _judged

deny contains finding if {
	some container in _judged
	missing := [label | some [resource, label] in [["cpu", "CPU"], ["memory", "memory"]]; _missing(container, resource)]
	count(missing) > 0

	finding := {
		"msg": sprintf("container %q %s", [kubernetes.container_name(container.value), _text(missing)]),
		"path": _place(container),
	}
}

undetermined contains {"path": container.path, "msg": msg} if {
	some container in _judged
	unknown.is(container.value.resources)
	msg := "the resources are not known; fill in the placeholder"
}

undetermined contains {"path": container.path, "msg": msg} if {
	some container in _judged
	kubernetes.completed_in(container, "resources")
	some resource in ["cpu", "memory"]
	_unset(container, resource)
	msg := "a kustomization sets the resources; check the built overlay"
}

_judged contains container if {
	kubernetes.production
	not kubernetes.idle
	not joins.requests_set(input)
	some container in kubernetes.app_containers
}

_missing(container, resource) if {
	_unset(container, resource)
	not kubernetes.completed_in(container, "resources")
}

_unset(container, resource) if {
	resources := object.get(container.value, "resources", null)
	not _set(resources, resource)
	not resource in _given
	not unknown.is(resources)
}

_set(resources, resource) if resources.requests[resource] != null

_set(resources, resource) if resources.limits[resource] != null

# A placeholder instead of all requests may set any of them.
_set(resources, _) if {
	some key in ["requests", "limits"]
	is_string(resources[key])
}

# What the pod or its namespace give to every container.
_given contains resource if some resource in joins.defaulted_resources_of(input)

_given contains resource if {
	some key in ["requests", "limits"]
	some resource in object.keys(kubernetes.pod_spec.value.resources[key])
}

_text(["CPU", "memory"]) := "requests neither CPU nor memory"

_text([one]) := sprintf("requests no %s", [one])

_place(container) := array.concat(container.path, ["resources", "requests"]) if {
	is_object(container.value.resources)
} else := array.concat(container.path, ["resources"]) if {
	"resources" in object.keys(container.value)
} else := kubernetes.at(container)
