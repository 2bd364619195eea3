# METADATA
# title: Serving workload that may run as a single pod
# description: |
#   With one pod, every node drain, crash and eviction is an outage. Two are the least that survive the loss of one.
#
#   What counts: the smallest number of pods that a workload which receives traffic may have. An autoscaler that targets
#   it decides with its own minimum (HorizontalPodAutoscaler 1 and ScaledObject 0 if unset), and then the finding stands
#   in the autoscaler; else it is `spec.replicas`, 1 if unset.
#
#   Not asked of: anything outside production; workloads that receive no traffic; workloads that must not run twice
#   (claims that one node can write, strategy Recreate, leader election, the annotation `opslint.dev/singleton: reason`);
#   well-known databases, brokers and caches, whose second pod would be another database; interfaces for a few people,
#   such as dashboards; controllers and operators, of which one acts at a time; `replicas: 0`.
# custom:
#   id: kubernetes/single-replica
#   severity: warning
#   clauses: [OPS-3.1, OPS-SCL.2]
#   kinds:
#     - Deployment
#     - StatefulSet
#     - ReplicaSet
#     - ReplicationController
#     - Rollout
#     - DeploymentConfig
#     - HorizontalPodAutoscaler
#     - ScaledObject
#   scope: workspace
#   remedy: run at least 2 replicas, or say why one is right in the annotation opslint.dev/singleton
#   parameters:
#     minimum:
#       type: number
#       default: 2
#       description: how many pods a serving workload must have at least
package opslint.rules.kubernetes.single_replica

import data.opslint.lib.joins
import data.opslint.lib.kubernetes
import data.opslint.lib.serving
import data.opslint.lib.software

subject contains [] if _minimum

deny contains finding if {
	_minimum.known
	_minimum.value < _wanted
	not _completed

	finding := {
		"msg": sprintf("%s may run as %s, traffic needs at least %v", [_workload_title, _pods(_minimum.value), _wanted]),
		"path": _minimum.path,
	}
}

undetermined contains {"path": ["spec"], "msg": "the number of replicas is not known; fill in the placeholder"} if {
	_minimum.known == false
	not _completed
}

undetermined contains {"path": ["spec"], "msg": "a kustomization sets the number of replicas; check the built overlay"} if {
	_completed
	not _enough
}

_enough if _minimum.value >= _wanted

_completed if _minimum.by == "overlay"

_completed if {
	_minimum
	some key in ["replicas", "minReplicas", "minReplicaCount"]
	kubernetes.completed(["spec", key])
}

# The minimum that the document in hand decides: of the workload itself …
_minimum := entry if {
	kubernetes.scalable_of(input)
	kubernetes.production
	kubernetes.serves
	not kubernetes.singleton
	not kubernetes.keeps_state
	not kubernetes.for_few
	not kubernetes.idle
	not _controller(input)
	entry := joins.effective_minimum_of(input)
	entry.by != "autoscaler"
}

# … or, in an autoscaler, of its target.
_minimum := _target.effective_minimum if {
	_target.effective_minimum.by == "autoscaler"
	_target.effective_minimum.ref == kubernetes.name
}

_target := targets[0] if {
	input.kind in {"HorizontalPodAutoscaler", "ScaledObject"}
	kubernetes.production
	targets := [workload |
		some workload in joins.targets_of(input)
		kubernetes.scalable_of(workload.object)
		not workload.nonproduction
		_asked(workload.object, workload.services)
	]
}

_asked(doc, services) if {
	serving.of(doc, services)
	not kubernetes.singleton_of(doc)
	not kubernetes.keeps_state_of(doc)
	not kubernetes.for_few_of(doc)
	not kubernetes.idle_of(doc)
	not _controller(doc)
}

_controller(doc) if {
	some container in kubernetes.app_containers_of(doc)
	software.controller(container.value)
}

_workload_title := kubernetes.title if kubernetes.scalable_of(input)

_workload_title := sprintf("%s %q", [_target.kind, _target.name])

_wanted := data.config.kubernetes.single_replica.minimum

_pods(1) := "1 pod"

_pods(n) := sprintf("%v pods", [n]) if n != 1
