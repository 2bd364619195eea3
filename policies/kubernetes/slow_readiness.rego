# METADATA
# title: Readiness comes later than the standard allows
# description: |
#   Health checks should pass within 30 seconds. The settings of a readiness probe alone can make that impossible: a
#   container that is healthy from its first moment becomes ready only after the initial delay and as many periods as
#   successes are asked for, or, where a startup probe goes first, after that probe's first tick.
#
#   What counts: the longest time to the first readiness of a healthy container,
#   `max(startup initialDelay + startup period, readiness initialDelay) + readiness period × successThreshold`. The
#   failures that a startup probe permits are no delay and are not added. For stateful workloads and well-known
#   databases it is a warning.
#
#   Not asked of: Jobs and hooks, containers that receive no traffic, Knative Services; a placeholder among the settings
#   leaves it undetermined.
# custom:
#   id: kubernetes/slow-readiness
#   severity: error
#   clauses: [OPS-9.2]
#   kinds: [Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Rollout, DeploymentConfig, Pod]
#   scope: workspace
#   remedy: lower initialDelaySeconds and periodSeconds of the readinessProbe; leave slow starts to a startupProbe
#   parameters:
#     ready:
#       type: duration
#       standard: ready
#       description: how long a healthy container may take to become ready
package opslint.rules.kubernetes.slow_readiness

import data.opslint.lib.kubernetes
import data.opslint.lib.probe
import data.opslint.lib.software

subject contains container.path if some [container, _] in _judged

deny contains finding if {
	some [container, readiness] in _judged
	not _unknown(container, readiness)
	worst := _worst(container, readiness)
	limit := data.config.kubernetes.slow_readiness.ready
	worst.seconds > limit

	finding := object.union(_severity(container), {
		"msg": sprintf(
			"container %q becomes ready after up to %v s (%s), limit %v s",
			[kubernetes.container_name(container.value), worst.seconds, worst.sum, limit],
		),
		"path": worst.path,
	})
}

undetermined contains {"path": readiness.path, "msg": msg} if {
	some [container, readiness] in _judged
	_unknown(container, readiness)
	msg := "a setting of the probes is a placeholder or is set by a kustomization; check what is deployed"
}

_judged contains [container, readiness] if {
	kubernetes.long_running
	some container in kubernetes.serving_containers
	container.by in {"service", "port"}
	container.role != "sidecar"
	readiness := probe.of(container, "readinessProbe")
}

_worst(container, readiness) := {"seconds": delay + rest, "sum": sum, "path": path} if {
	not probe.of(container, "startupProbe")
	delay := probe.setting(readiness, "initialDelaySeconds")
	rest := _rest(readiness)
	sum := sprintf("initialDelay %v + %s", [delay, _rest_text(readiness)])
	path := probe.blame(readiness, [["initialDelaySeconds", delay], ["periodSeconds", rest]])
}

_worst(container, readiness) := {"seconds": first + rest, "sum": sum, "path": path} if {
	startup := probe.of(container, "startupProbe")
	tick := probe.setting(startup, "initialDelaySeconds") + probe.setting(startup, "periodSeconds")
	delay := probe.setting(readiness, "initialDelaySeconds")
	first := max([tick, delay])
	rest := _rest(readiness)
	sum := sprintf("max of startup %v + %v and initialDelay %v, + %s", [
		probe.setting(startup, "initialDelaySeconds"),
		probe.setting(startup, "periodSeconds"),
		delay,
		_rest_text(readiness),
	])
	path := _blame(startup, readiness, tick, delay, rest)
}

# The startup probe is to blame only if its first tick outweighs all that the readiness probe adds.
_blame(startup, _, tick, delay, rest) := path if {
	tick > max([delay, rest])
	path := probe.blame(startup, [
		["initialDelaySeconds", probe.setting(startup, "initialDelaySeconds")],
		["periodSeconds", probe.setting(startup, "periodSeconds")],
	])
}

_blame(_, readiness, tick, delay, rest) := path if {
	tick <= max([delay, rest])
	path := probe.blame(readiness, [["initialDelaySeconds", delay], ["periodSeconds", rest]])
}

_rest(readiness) := probe.setting(readiness, "periodSeconds") * probe.setting(readiness, "successThreshold")

_rest_text(readiness) := sprintf("period %v × success %v", [
	probe.setting(readiness, "periodSeconds"),
	probe.setting(readiness, "successThreshold"),
])

_unknown(_, readiness) if probe.unknown(readiness, ["initialDelaySeconds", "periodSeconds", "successThreshold"])

_unknown(container, _) if {
	probe.unknown(probe.of(container, "startupProbe"), ["initialDelaySeconds", "periodSeconds"])
}

_unknown(container, _) if {
	some key in ["readinessProbe", "startupProbe"]
	kubernetes.completed_in(container, key)
}

_severity(container) := {"severity": "warning"} if _slow_by_nature(container)

_severity(container) := {} if not _slow_by_nature(container)

_slow_by_nature(_) if kubernetes.stateful

_slow_by_nature(container) if software.class_of(container.value) in {"database", "broker"}
