# METADATA
# title: Replicated workload without a PodDisruptionBudget
# description: |
#   When nodes are drained for an upgrade, nothing keeps the cluster from evicting all pods of a workload at once, except
#   a PodDisruptionBudget. `maxUnavailable: 1` makes a drain wait until the next pod runs.
#
#   What counts: a workload that always has at least two pods, by its replicas or by its autoscaler's minimum, and no
#   PodDisruptionBudget of its namespace that selects them.
#
#   Not asked of: anything outside production, DaemonSets, Jobs and hooks, pods that only wait, workloads that may run as
#   one pod (kubernetes/single-replica looks at those). If a neighbouring file could not be read, the budget may be in it
#   and the rule does not decide.
# custom:
#   id: kubernetes/missing-pod-disruption-budget
#   severity: warning
#   clauses: [OPS-3.1, OPS-3.2]
#   kinds: [Deployment, StatefulSet, ReplicaSet, ReplicationController, Rollout, DeploymentConfig]
#   scope: workspace
#   remedy: add a PodDisruptionBudget with maxUnavailable 1 and the workload's matchLabels
package opslint.rules.kubernetes.missing_pod_disruption_budget

import data.opslint.lib.joins
import data.opslint.lib.kubernetes
import data.opslint.lib.unknown

subject contains [] if _judged

deny contains finding if {
	_judged
	_unprotected
	joins.complete
	not _labels_unknown

	finding := {
		"msg": sprintf("%s has %v pods and no PodDisruptionBudget, a drain may evict all of them", [kubernetes.title, _minimum.value]),
		"path": ["metadata", "name"],
	}
}

undetermined contains {"path": ["metadata", "name"], "msg": msg} if {
	_judged
	_unprotected
	not joins.complete
	msg := "a PodDisruptionBudget may be in a file that could not be read; repair that file"
}

undetermined contains {"path": ["metadata", "name"], "msg": "the labels of the pods are not known; fill in the placeholders"} if {
	_judged
	_unprotected
	_labels_unknown
}

_labels_unknown if {
	some value in kubernetes.pod_labels_of(input)
	unknown.is(value)
}

_judged if {
	kubernetes.scalable_of(input)
	kubernetes.pod_spec
	kubernetes.production
	kubernetes.long_running
	not kubernetes.idle
	_minimum.known
	_minimum.value > 1
}

_minimum := joins.effective_minimum_of(input)

_unprotected if count(joins.budgets_of(input)) == 0
