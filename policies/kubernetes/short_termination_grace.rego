# METADATA
# title: Grace period shorter than the standard's shutdown
# description: |
#   An application has 30 seconds to finish what it is doing after SIGTERM. Kubernetes grants that by default; a
#   `terminationGracePeriodSeconds` below it sends SIGKILL into requests that the application was allowed to finish.
#
#   What counts: the key in the pod spec of a long-running workload, DaemonSets included.
#
#   Not asked of: Jobs, CronJobs and hooks, pods that only wait, and the key of the same name inside a probe. Unset
#   means 30 seconds and passes.
# custom:
#   id: kubernetes/short-termination-grace
#   severity: error
#   clauses: [OPS-9.3]
#   kinds: [Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Rollout, DeploymentConfig, Pod]
#   remedy: set terminationGracePeriodSeconds to at least 30, or remove it
#   parameters:
#     shutdown:
#       type: duration
#       standard: shutdown
#       description: how long an application may take to shut down
package opslint.rules.kubernetes.short_termination_grace

import data.opslint.lib.kubernetes
import data.opslint.lib.quantity

subject contains kubernetes.pod_spec.path if _judged

deny contains finding if {
	_judged
	not kubernetes.completed(_path)
	seconds := quantity.integer(_written)
	limit := data.config.kubernetes.short_termination_grace.shutdown
	seconds < limit

	finding := {
		"msg": sprintf("%s has %v s to shut down, the standard asks for %v s", [kubernetes.title, seconds, limit]),
		"path": _path,
	}
}

undetermined contains {"path": _path, "msg": "terminationGracePeriodSeconds is not known; fill in the placeholder"} if {
	_judged
	_written != null
	not quantity.integer(_written)
}

undetermined contains {"path": _path, "msg": "a kustomization sets terminationGracePeriodSeconds; check the built overlay"} if {
	_judged
	kubernetes.completed(_path)
}

_judged if {
	kubernetes.long_running
	kubernetes.pod_spec
	not kubernetes.idle
}

_written := object.get(kubernetes.pod_spec.value, "terminationGracePeriodSeconds", null)

_path := array.concat(kubernetes.pod_spec.path, ["terminationGracePeriodSeconds"])
