# METADATA
# description: |
#   The joins of data.opslint.lib.joins computed from data.inventory alone, for engines that know nothing else. Only
#   objects of a namespace that may be the same are looked at: equal, or not set on one side.
#
#   A test of cmd/opslint/internal/engine holds the findings of both ways equal. What stands in no object is known only
#   to the parser: what kustomizations, Skaffold and Tilt complete, files that could not be read, charts, environments.
#   Of several autoscalers of one workload the parser takes the nearest in the tree; here the minimum is unknown.
package opslint.lib.inventory

import data.opslint.lib.kubernetes
import data.opslint.lib.quantity

# given holds if there is an inventory to look into.
given if is_object(data.inventory.namespace)

_namespaces(doc) := {kubernetes.namespace_of(doc), ""} if kubernetes.namespace_of(doc) != ""

_namespaces(doc) := object.keys(data.inventory.namespace) if kubernetes.namespace_of(doc) == ""

# _around(doc, kinds) are the objects of these kinds that may share the object's namespace.
_around(doc, kinds) := [found |
	some namespace in _namespaces(doc)
	some by_kind in data.inventory.namespace[namespace]
	some kind in kinds
	some found in by_kind[kind]
]

_scalable := ["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", "Rollout", "DeploymentConfig"]

_autoscalers := ["HorizontalPodAutoscaler", "ScaledObject", "VerticalPodAutoscaler"]

# selects(selector, labels) is a label selector's test; an empty selector selects everything.
selects(selector, labels) if {
	every key, value in object.get(selector, "matchLabels", {}) {
		labels[key] == value
	}
	every expression in object.get(selector, "matchExpressions", []) {
		_meets(expression, labels)
	}
}

_meets(expression, labels) if {
	expression.operator == "In"
	labels[expression.key] in expression.values
}

_meets(expression, labels) if {
	expression.operator == "NotIn"
	not object.get(labels, expression.key, null) in expression.values
}

_meets(expression, labels) if {
	expression.operator == "Exists"
	_has(labels, expression.key)
}

_meets(expression, labels) if {
	expression.operator == "DoesNotExist"
	not _has(labels, expression.key)
}

_has(labels, key) if key in object.keys(labels)

# --- Of workloads ---

services_of(doc) := [_service(found) |
	labels := kubernetes.pod_labels_of(doc)
	some found in _around(doc, ["Service"])
	count(found.spec.selector) > 0
	selects({"matchLabels": found.spec.selector}, labels)
]

_service(doc) := {
	"ref": kubernetes.name_of(doc),
	"name": kubernetes.plain_name(doc),
	"namespace": kubernetes.namespace_of(doc),
	"type": object.get(doc, ["spec", "type"], "ClusterIP"),
	"headless": object.get(doc, ["spec", "clusterIP"], "") == "None",
	"publish_not_ready": object.get(doc, ["spec", "publishNotReadyAddresses"], false) == true,
	"ports": [object.union(_target(port), {
		"index": index,
		"name": object.get(port, "name", ""),
		"port": port.port,
		"protocol": object.get(port, "protocol", "TCP"),
		"known": true,
	}) |
		some index, port in doc.spec.ports
	],
}

_target(port) := {"target_port": object.get(port, "targetPort", port.port)}

autoscalers_of(doc) := [_autoscaler(found) |
	some found in _around(doc, _autoscalers)
	_acts(found)
	_targets(found, doc)
]

# A VerticalPodAutoscaler that only recommends, or only acts on new pods, scales nothing.
_acts(doc) if doc.kind != "VerticalPodAutoscaler"

_acts(doc) if {
	doc.kind == "VerticalPodAutoscaler"
	not object.get(doc, ["spec", "updatePolicy", "updateMode"], "Auto") in {"Off", "Initial"}
}

_target_key(doc) := "targetRef" if doc.kind == "VerticalPodAutoscaler"

_target_key(doc) := "scaleTargetRef" if doc.kind != "VerticalPodAutoscaler"

_target_kind(doc) := object.get(doc, ["spec", _target_key(doc), "kind"], "Deployment")

_targets(autoscaler, doc) if {
	doc.kind == _target_kind(autoscaler)
	target := autoscaler.spec[_target_key(autoscaler)]
	doc.metadata.name == target.name
	_same_group(object.get(target, "apiVersion", ""), doc.apiVersion)
}

_same_group("", _)

_same_group(a, b) if _group(a) == _group(b)

# The group of an apiVersion; the workloads of "extensions" moved to "apps".
_group(version) := "" if not contains(version, "/")

_group(version) := {true: "apps", false: name}[name == "extensions"] if {
	contains(version, "/")
	name := split(version, "/")[0]
}

_autoscaler(doc) := object.union(_range(doc), {
	"ref": kubernetes.name_of(doc),
	"kind": doc.kind,
	"name": kubernetes.plain_name(doc),
	"namespace": kubernetes.namespace_of(doc),
	"scales": {true: "requests", false: "replicas"}[doc.kind == "VerticalPodAutoscaler"],
	"paused": _paused(doc),
})

_range(doc) := {} if doc.kind == "VerticalPodAutoscaler"

_range(doc) := {"minimum": minimum, "maximum": maximum, "known": true} if {
	minimum := _minimum(doc)
	maximum := quantity.integer(object.get(doc, ["spec", _range_keys[doc.kind][2]], 100))
} else := {"known": false} if {
	doc.kind != "VerticalPodAutoscaler"
}

_range_keys := {
	"HorizontalPodAutoscaler": ["minReplicas", 1, "maxReplicas"],
	"ScaledObject": ["minReplicaCount", 0, "maxReplicaCount"],
}

_minimum(doc) := quantity.integer(object.get(doc, ["spec", _range_keys[doc.kind][0]], _range_keys[doc.kind][1]))

default _paused(_) := false

_paused(doc) if doc.metadata.annotations["autoscaling.keda.sh/paused"] == "true"

_paused(doc) if doc.metadata.annotations["autoscaling.keda.sh/paused-replicas"]

budgets_of(doc) := [{"ref": kubernetes.name_of(found), "name": kubernetes.plain_name(found), "namespace": kubernetes.namespace_of(found)} |
	labels := kubernetes.pod_labels_of(doc)
	some found in _around(doc, ["PodDisruptionBudget"])
	_budget_selects(found, labels)
]

_budget_selects(budget, labels) if {
	selector := budget.spec.selector
	is_object(selector)
	not _selects_nothing(budget.apiVersion, selector)
	selects(selector, labels)
}

_selects_nothing("policy/v1beta1", selector) if count(selector) == 0

effective_minimum_of(doc) := _of_workload(doc) if doc.kind in _scalable

effective_minimum_of(doc) := {"known": true, "value": sum(values), "by": "sum"} if {
	doc.kind == "PodDisruptionBudget"
	workloads := workloads_of(doc)
	count(workloads) > 0
	values := [workload.effective_minimum.value | some workload in workloads]
	count(values) == count(workloads)
}

_of_workload(doc) := entry if {
	deciders := _deciders(doc)
	count(deciders) == 1
	entry := _decided(deciders[0])
}

_of_workload(doc) := entry if {
	count(_deciders(doc)) == 0
	entry := _declared(doc)
}

_of_workload(doc) := {"known": false, "by": "autoscaler"} if count(_deciders(doc)) > 1

_deciders(doc) := [found |
	some found in _around(doc, ["HorizontalPodAutoscaler", "ScaledObject"])
	_targets(found, doc)
]

_decided(autoscaler) := {
	"known": true,
	"value": _minimum(autoscaler),
	"by": "autoscaler",
	"ref": kubernetes.name_of(autoscaler),
	"path": _minimum_path(autoscaler),
} if {
	not _paused(autoscaler)
} else := {"known": false, "by": "autoscaler"}

_minimum_path(doc) := ["spec", key] if {
	key := _range_keys[doc.kind][0]
	doc.spec[key]
} else := ["spec"]

_declared(doc) := {"known": true, "value": 1, "by": "default", "ref": kubernetes.name_of(doc), "path": ["spec"]} if {
	object.get(doc, ["spec", "replicas"], null) == null
} else := {"known": true, "value": replicas, "by": "replicas", "ref": kubernetes.name_of(doc), "path": ["spec", "replicas"]} if {
	replicas := quantity.integer(doc.spec.replicas)
} else := {"known": false, "by": "replicas"}

claims_of(doc) := [object.union(_claim(doc, claim), {"index": index, "claim": claim}) |
	some index, volume in kubernetes.pod_spec_of(doc).value.volumes
	claim := volume.persistentVolumeClaim.claimName
]

_claim(doc, claim) := {"ref": kubernetes.name_of(found), "access_modes": found.spec.accessModes, "known": true} if {
	some found in _around(doc, ["PersistentVolumeClaim"])
	found.metadata.name == claim
} else := {"access_modes": [], "known": false}

defaulted_resources_of(doc) := {resource |
	some found in _around(doc, ["LimitRange"])
	some limit in found.spec.limits
	limit.type == "Container"
	some key in ["default", "defaultRequest"]
	some resource in object.keys(limit[key])
}

requests_set(doc) if {
	some found in _around(doc, ["VerticalPodAutoscaler"])
	object.get(found, ["spec", "updatePolicy", "updateMode"], "Auto") != "Off"
	_targets(found, doc)
}

# --- Of autoscalers and budgets ---

targets_of(doc) := [_workload(found) |
	some found in _around(doc, [_target_kind(doc)])
	_targets(doc, found)
]

missed_target_of(doc) := {
	"kind": _target_kind(doc),
	"name": doc.spec[_target_key(doc)].name,
	"kind_present": _kind_present(_target_kind(doc)),
	"same_name": [{"ref": kubernetes.name_of(found), "kind": found.kind, "namespace": kubernetes.namespace_of(found)} |
		some found in _workloads
		found.metadata.name == doc.spec[_target_key(doc)].name
	],
	"nearest": _nearest(_target_kind(doc), doc.spec[_target_key(doc)].name),
	"installs": _installs,
} if {
	given
	count(targets_of(doc)) == 0
}

# _workloads are all workloads of the inventory.
_workloads := [found |
	some by_version in data.inventory.namespace
	some by_kind in by_version
	some kind in _with_pods
	some found in by_kind[kind]
]

_with_pods := array.concat(_scalable, ["DaemonSet", "Job", "CronJob", "Pod"])

_nearest(kind, name) := [entry |
	near := sort([found.metadata.name | some found in _workloads; found.kind == kind; _misspelt(name, found.metadata.name)])
	some found in _workloads
	found.kind == kind
	found.metadata.name == near[0]
	entry := {"ref": kubernetes.name_of(found), "kind": kind, "name": near[0]}
]

# Two names one slip apart: a letter too many, too few, another one, or two in the wrong order.
_misspelt(a, b) if count(_shortened(a) & _shortened(b)) > 0

_shortened(name) := {name} | {concat("", [substring(name, 0, i), substring(name, i + 1, -1)]) | some i in numbers.range(0, count(name) - 1)}

default _installs := false

# A release of a Helm chart may make workloads that are in no file.
_installs if {
	some by_version in data.inventory.namespace
	some version, by_kind in by_version
	some kind in ["HelmRelease", "HelmChart", "Application"]
	some found in by_kind[kind]
	_chart(version, kind, found)
}

_chart(_, "HelmRelease", _)

_chart(version, "HelmChart", _) if startswith(version, "helm.cattle.io/")

_chart(version, "Application", application) if {
	startswith(version, "argoproj.io/")
	some source in array.concat([object.get(application, ["spec", "source"], {})], object.get(application, ["spec", "sources"], []))
	source.chart
}

_kind_present(kind) if {
	some by_version in data.inventory.namespace
	some by_kind in by_version
	count(by_kind[kind]) > 0
} else := false

workloads_of(doc) := [_workload(found) |
	doc.kind == "PodDisruptionBudget"
	some found in _around(doc, _with_pods)
	_budget_selects(doc, kubernetes.pod_labels_of(found))
]

_workload(doc) := object.union(_minimum_entry(doc), {
	"ref": kubernetes.name_of(doc),
	"kind": doc.kind,
	"name": kubernetes.plain_name(doc),
	"namespace": kubernetes.namespace_of(doc),
	"services": services_of(doc),
	"nonproduction": false,
	"object": doc,
})

_minimum_entry(doc) := {"effective_minimum": _of_workload(doc)} if doc.kind in _scalable

else := {}

# --- Of ConfigMaps and Secrets ---

users_of(doc) := [{"ref": kubernetes.name_of(found), "kind": found.kind, "via": "envFrom"} |
	some found in _around(doc, _with_pods)
	some container in kubernetes.containers_of(found)
	some source in container.value.envFrom
	source.configMapRef.name == doc.metadata.name
]

# secret(text) holds if the text is the name of a Secret of the inventory.
secret(text) if {
	some by_version in data.inventory.namespace
	by_version.v1.Secret[text]
}
