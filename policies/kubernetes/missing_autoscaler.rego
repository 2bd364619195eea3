# METADATA
# title: Serving workload without an autoscaler
# description: |
#   Load changes, and a fixed number of replicas is either too many at night or too few at noon. The standard asks for
#   scaling by CPU, memory or custom metrics.
#
#   What counts: a Deployment, Rollout or DeploymentConfig behind a Service that no HorizontalPodAutoscaler, KEDA
#   ScaledObject or acting VerticalPodAutoscaler targets, nor an object of a kind in `autoscaler_kinds` whose
#   `scaleTargetRef` or `targetRef` names it.
#
#   Not asked of: anything outside production; workloads that must not run twice (claims that one node can write,
#   strategy Recreate, leader election, the annotation `opslint.dev/singleton: reason`); `replicas: 0`; well-known
#   databases, brokers and caches; interfaces for a few people, such as dashboards; helpers of the cluster, such as
#   operators and exporters; pods that only wait. If a neighbouring file could not be read, the autoscaler may be in it
#   and the rule does not decide.
# custom:
#   id: kubernetes/missing-autoscaler
#   severity: warning
#   clauses: [OPS-SCL.1, OPS-CAP.3]
#   kinds: [Deployment, Rollout, DeploymentConfig]
#   scope: workspace
#   remedy: add a HorizontalPodAutoscaler for it with minReplicas of at least 2
#   parameters:
#     autoscaler_kinds:
#       type: strings
#       default: []
#       description: further kinds of autoscalers, such as in-house custom resources
#     serving_by_port:
#       type: boolean
#       default: false
#       description: also ask it of workloads that declare a port without a Service
package opslint.rules.kubernetes.missing_autoscaler

import data.opslint.lib.joins
import data.opslint.lib.kubernetes
import data.opslint.lib.quantity
import data.opslint.lib.software

subject contains [] if _judged

deny contains finding if {
	_judged
	not _scaled
	joins.complete

	finding := {
		"msg": sprintf("%s has no autoscaler%s", [kubernetes.title, _suggestion]),
		"path": ["metadata", "name"],
	}
}

undetermined contains {"path": ["metadata", "name"], "msg": msg} if {
	_judged
	not _scaled
	not joins.complete
	msg := "an autoscaler may be in a file that could not be read; repair that file"
}

_judged if {
	kubernetes.production
	kubernetes.long_running
	_serves
	not kubernetes.singleton
	not kubernetes.keeps_state
	not kubernetes.idle
	not kubernetes.for_few
	not _infrastructure
}

_serves if kubernetes.serves_by_service

_serves if {
	_parameters.serving_by_port
	some container in kubernetes.serving_containers
	container.by == "port"
}

_infrastructure if {
	some container in kubernetes.app_containers
	software.infrastructure(container.value)
}

_scaled if count(joins.autoscalers_of(input)) > 0

_scaled if {
	some kind in _parameters.autoscaler_kinds
	some by_version in data.inventory.namespace
	some by_kind in by_version
	some autoscaler in by_kind[kind]
	some key in ["scaleTargetRef", "targetRef"]
	target := autoscaler.spec[key]
	target.name == input.metadata.name
	object.get(target, "kind", input.kind) == input.kind
}

_suggestion := sprintf("; start with minReplicas %v, maxReplicas %v", [low, 3 * low]) if {
	low := max([2, quantity.integer(object.get(input, ["spec", "replicas"], 1))])
} else := ""

_parameters := data.config.kubernetes.missing_autoscaler
