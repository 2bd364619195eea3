# METADATA
# description: |
#   The Kubernetes object in hand, seen as the rules speak of it: its pods, their containers, what they are for.
#
#   Start with containers, app_containers and serving_containers. Readers are rules of input, so that all rules that
#   look at one object share them, and give {"value", "path"} and more. The functions that end in _of say the same of
#   another object, such as the workload that an autoscaler names. What other objects say about this one is in
#   data.opslint.lib.joins.
package opslint.lib.kubernetes

import data.opslint.lib.image
import data.opslint.lib.joins
import data.opslint.lib.quantity
import data.opslint.lib.serving
import data.opslint.lib.shell
import data.opslint.lib.software
import data.opslint.lib.unknown

# --- Identity ---

# name is the document's name: "Deployment/shop/orders", or "Deployment/orders" without a namespace.
name := name_of(input)

name_of(doc) := concat("/", [doc.kind, doc.metadata.namespace, doc.metadata.name]) if {
	doc.metadata.namespace != ""
	doc.metadata.name != ""
} else := concat("/", [part | some part in [doc.kind, namespace_of(doc), plain_name(doc)]; part != ""])

# namespace_of(doc) is "" if none is set.
namespace_of(doc) := _text(object.get(doc, ["metadata", "namespace"], null), "")

# plain_name(doc) is the object's name without kind and namespace.
plain_name(doc) := _text(
	object.get(doc, ["metadata", "name"], null),
	_text(object.get(doc, ["metadata", "generateName"], null), "unnamed"),
)

# title names the object in messages: `Deployment "orders"`.
title := sprintf("%s %q", [input.kind, plain_name(input)])

_text(value, absent) := absent if value in {null, ""}

_text(value, _) := value if {
	is_string(value)
	value != ""
}

_text(value, _) := sprintf("%v", [value]) if {
	not is_string(value)
	not is_null(value)
}

# production holds unless the object's namespace or folder says otherwise.
production if not data.environment[name] == "nonproduction"

# --- Workloads ---

_template_paths := {
	"Deployment": ["spec", "template"],
	"StatefulSet": ["spec", "template"],
	"DaemonSet": ["spec", "template"],
	"ReplicaSet": ["spec", "template"],
	"ReplicationController": ["spec", "template"],
	"Rollout": ["spec", "template"],
	"DeploymentConfig": ["spec", "template"],
	"Job": ["spec", "template"],
	"CronJob": ["spec", "jobTemplate", "spec", "template"],
	"Pod": [],
}

# template_path_of(doc) is where the pod template stands; undefined for what is no workload: other kinds, and pods and
# replica sets that belong to an owner.
template_path_of(doc) := _template_paths[doc.kind] if not _owned(doc)

template_path_of(doc) := ["spec", "template"] if knative(doc)

_owned(doc) if {
	doc.kind in {"Pod", "ReplicaSet"}
	count(doc.metadata.ownerReferences) > 0
}

# knative(doc) holds for a Knative Service, which is a workload.
knative(doc) if {
	doc.kind == "Service"
	startswith(doc.apiVersion, "serving.knative.dev/")
}

# pod_spec is the pod spec of the workload in hand, whatever its kind.
pod_spec := pod_spec_of(input)

pod_spec_of(doc) := {"value": spec, "path": path} if {
	path := array.concat(template_path_of(doc), ["spec"])
	spec := object.get(doc, path, null)
	is_object(spec)
}

# pod_labels_of(doc) are the labels of the pods: selectors are compared with these, never with the object's own.
pod_labels_of(doc) := labels if {
	labels := object.get(doc, array.concat(template_path_of(doc), ["metadata", "labels"]), {})
	is_object(labels)
}

# annotation_of(doc, key) is an annotation of the object or of its pods.
annotation_of(doc, key) := value if {
	value := doc.metadata.annotations[key]
	value != null
} else := value if {
	value := object.get(doc, array.concat(template_path_of(doc), ["metadata", "annotations", key]), null)
	value != null
}

# one_shot holds for pods that are meant to end.
one_shot if one_shot_of(input)

one_shot_of(doc) if doc.kind in {"Job", "CronJob"}

one_shot_of(doc) if {
	doc.kind == "Pod"
	doc.spec.restartPolicy in {"OnFailure", "Never"}
}

one_shot_of(doc) if {
	some key in ["helm.sh/hook", "argocd.argoproj.io/hook"]
	annotation_of(doc, key)
}

# long_running holds for every other workload, unless it cannot be known.
long_running if long_running_of(input)

long_running_of(doc) if {
	template_path_of(doc)
	not one_shot_of(doc)
	not unknown.is(object.get(doc, ["spec", "restartPolicy"], ""))
}

# scalable_of(doc) holds for the kinds that have a number of replicas.
scalable_of(doc) if {
	doc.kind in {"Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", "Rollout", "DeploymentConfig"}
	not _owned(doc)
}

# stateful holds for workloads whose data lets no second replica start beside the first.
stateful if stateful_of(input)

# singleton, keeps_state and for_few: see the functions of these names below.
singleton if singleton_of(input)

keeps_state if keeps_state_of(input)

for_few if for_few_of(input)

stateful_of(doc) if count(doc.spec.volumeClaimTemplates) > 0

stateful_of(doc) if {
	some index, volume in pod_spec_of(doc).value.volumes
	is_object(volume.persistentVolumeClaim)
	not volume.persistentVolumeClaim.readOnly == true
	not _shared_claim(doc, index)
}

stateful_of(doc) if {
	some volume in pod_spec_of(doc).value.volumes
	some kind in _disks
	is_object(volume[kind])
	not volume[kind].readOnly == true
}

# Disks that one node at a time can write.
_disks := {"gcePersistentDisk", "awsElasticBlockStore", "azureDisk", "cinder", "vsphereVolume", "rbd", "iscsi", "fc", "portworxVolume"}

_shared_claim(doc, index) if {
	some claim in joins.claims_of(doc)
	claim.index == index
	claim.known
	some mode in claim.access_modes
	mode in {"ReadWriteMany", "ReadOnlyMany"}
}

# keeps_state_of(doc) holds for stateful workloads and for well-known software whose second replica would be another
# database, queue, cache or cluster rather than more of the same.
keeps_state_of(doc) if stateful_of(doc)

keeps_state_of(doc) if {
	some container in app_containers_of(doc)
	software.class_of(container.value) in {"database", "broker", "cache", "coordinator"}
}

# for_few_of(doc) holds for well-known interfaces that a few people use at a time.
for_few_of(doc) if {
	some container in app_containers_of(doc)
	software.class_of(container.value) == "interface"
}

# singleton_of(doc) holds for workloads that must not or need not run twice: stateful data, strategy Recreate, leader
# election, no replicas at all, or a reason in the annotation opslint.dev/singleton.
singleton_of(doc) if stateful_of(doc)

singleton_of(doc) if doc.spec.strategy.type == "Recreate"

singleton_of(doc) if switched_off_of(doc)

singleton_of(doc) if annotation_of(doc, "opslint.dev/singleton")

singleton_of(doc) if {
	some container in app_containers_of(doc)
	some word in container_argv(container.value)
	regex.match(`(?i)leader[-_.]?elect`, word)
	not regex.match(`(?i)=(?:false|0|no)$`, word)
}

# switched_off_of(doc) holds for `replicas: 0`.
switched_off_of(doc) if quantity.integer(doc.spec.replicas) == 0

# idle holds for pods of tools, in which every app container only waits.
idle if idle_of(input)

idle_of(doc) if {
	apps := app_containers_of(doc)
	count(apps) > 0

	every container in apps {
		_idle(container.value)
	}
}

_idle(container) if shell.idle(container_argv(container))

_idle(container) if {
	image.name(container.image) in {"pause", "pause-amd64"}
	count(container_argv(container)) == 0
}

# --- Containers ---

# containers are all containers of the pod as {"value", "path", "role"}, in the author's order. Roles: "app"; "sidecar",
# one of the well-known helpers; "native", an init container that keeps running; "init", any other init container.
containers := containers_of(input)

containers_of(doc) := array.concat(_main_containers(doc), _init_containers(doc))

# app_containers are the containers that the workload is made for.
app_containers := app_containers_of(input)

app_containers_of(doc) := [c | some c in _main_containers(doc); c.role == "app"]

_main_containers(doc) := [{"value": container, "path": array.concat(pod.path, ["containers", index]), "role": role} |
	pod := pod_spec_of(doc)
	all := pod.value.containers
	helpers := {i | some i, c in all; _sidecar(c)}
	some index, container in all
	is_object(container)
	role := _role(index, helpers, count(all))
]

_init_containers(doc) := [{"value": container, "path": array.concat(pod.path, ["initContainers", index]), "role": role} |
	pod := pod_spec_of(doc)
	some index, container in pod.value.initContainers
	is_object(container)
	role := {true: "native", false: "init"}[object.get(container, "restartPolicy", "") == "Always"]
]

# A pod of helpers only is made for the first of them: Envoy may be the application.
_role(index, helpers, _) := "app" if not index in helpers

_role(0, helpers, total) := "app" if count(helpers) == total

_role(index, helpers, total) := "sidecar" if {
	index in helpers
	not _first_of_helpers(index, helpers, total)
}

_first_of_helpers(0, helpers, total) if count(helpers) == total

# sidecars are known by the container's name or the last element of the image's.
sidecars := {
	"istio-proxy", "linkerd-proxy", "envoy", "vault-agent", "cloud-sql-proxy", "cloudsql-proxy", "fluent-bit", "fluentd", "promtail",
	"vector", "filebeat", "otel-agent", "otc-container", "opentelemetry-collector", "oauth2-proxy", "kube-rbac-proxy", "config-reloader",
	"configmap-reload", "git-sync", "jaeger-agent",
}

_sidecar(container) if _sidecar_name(lower(container.name))

_sidecar(container) if _sidecar_name(lower(image.name(container.image)))

_sidecar_name(text) if text in sidecars

_sidecar_name(text) if endswith(text, "-exporter")

_sidecar_name(text) if endswith(text, "-reloader")

# container_name(container) names it in messages.
container_name(container) := _text(object.get(container, "name", null), "unnamed")

# container_argv(container) is what it is told to run, as far as the manifest says: command, then args.
container_argv(container) := [word |
	some key in ["command", "args"]
	some word in container[key]
	is_string(word)
]

# at(container, key) is where a key that is missing in a container is reported: at the container's name.
at(container) := array.concat(container.path, ["name"])

# serving_containers are the containers that own a port which receives traffic; see data.opslint.lib.serving.
serving_containers := serving.containers_of(input, joins.services_of(input))

# serves holds for a long-running workload that receives traffic; serves_by_service, if a Service brings it.
serves if {
	long_running
	some container in serving_containers
	container.role != "sidecar"
}

serves_by_service if {
	some container in serving_containers
	container.by == "service"
}

# --- Completion ---

# completed(path) holds if a kustomization sets the key at the path, or replaces or removes something that holds it:
# then the key is not missing, and what stands here is not its last word.
completed(path) if {
	some entry in _completions
	some key in {concat(".", [step | some step in path; is_string(step)]), _named(path)}
	_sets(entry.paths, key)
}

# The path with the names of items in braces, as kustomizations tell them apart.
_named(path) := concat(".", [name |
	some index, step in path
	name := _step(array.slice(path, 0, index + 1), step)
])

_step(_, step) := step if is_string(step)

_step(path, step) := sprintf("{%s}", [object.get(input, array.concat(path, ["name"]), "")]) if is_number(step)

# completed_in(container, key) is the same for a key of a container.
completed_in(container, key) if {
	_completions[0]
	completed(array.concat(container.path, [key]))
}

_completions := joins.completed_by(input)

_sets(paths, key) if key in paths

_sets(paths, key) if {
	some other in paths
	startswith(key, concat("", [other, "."]))
	_whole(other, paths)
}

# Of a mapping that is only merged into, the keys are listed too.
_whole(key, paths) if {
	below := concat("", [key, "."])

	every other in paths {
		not startswith(other, below)
	}
}
