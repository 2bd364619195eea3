# METADATA
# title: Container without a liveness probe
# description: |
#   A process that crashes is restarted; one that hangs is not, unless a liveness probe finds it out. Give it an
#   endpoint of its own, such as `/health`, that tests the process and none of its dependencies: a liveness probe that
#   asks the database restarts every replica when the database is away.
#
#   What counts: an app container of a long-running workload that receives traffic or declares a port.
#
#   Not asked of: Jobs, CronJobs and hooks, init containers, well-known sidecars, workers without a port, pods that only
#   wait, Knative Services, and well-known databases and brokers: to restart a database while it recovers does harm;
#   outside production, also not of containers that no Service leads to.
# custom:
#   id: kubernetes/missing-liveness-probe
#   severity: warning
#   clauses: [OPS-9.4, OPS-2.2, OPS-MON.1]
#   kinds: [Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Rollout, DeploymentConfig, Pod]
#   scope: workspace
#   remedy: add a livenessProbe on a dedicated endpoint such as /health that tests the process alone
#   parameters:
#     databases:
#       type: boolean
#       default: false
#       description: also ask it of well-known databases and brokers
package opslint.rules.kubernetes.missing_liveness_probe

import data.opslint.lib.kubernetes
import data.opslint.lib.probe
import data.opslint.lib.software

subject contains container.path if some container in _judged

deny contains finding if {
	some container in _judged
	not probe.of(container, "livenessProbe")
	not kubernetes.completed_in(container, "livenessProbe")

	finding := {
		"msg": sprintf(
			"container %q has no livenessProbe, a hang is never repaired; probe a dedicated endpoint such as /health",
			[kubernetes.container_name(container.value)],
		),
		"path": kubernetes.at(container),
	}
}

undetermined contains {"path": container.path, "msg": msg} if {
	some container in _judged
	not probe.of(container, "livenessProbe")
	kubernetes.completed_in(container, "livenessProbe")
	msg := "a kustomization sets the livenessProbe; check the built overlay"
}

_judged contains container if {
	kubernetes.long_running
	not kubernetes.idle
	some container in kubernetes.app_containers
	_reachable(container)
	not _exempt(container)
}

_reachable(container) if {
	kubernetes.production
	count(container.value.ports) > 0
}

_reachable(container) if {
	some serving in kubernetes.serving_containers
	serving.by == "service"
	serving.path == container.path
}

_exempt(container) if {
	not data.config.kubernetes.missing_liveness_probe.databases
	software.class_of(container.value) in {"database", "broker"}
}
