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
	seconds := _delay(container, readiness) + _rest(readiness)
	limit := data.config.kubernetes.slow_readiness.ready
	seconds > limit
	not _unknown(container, readiness)

	finding := object.union(_severity(container), {
		"msg": sprintf(
			"container %q becomes ready after up to %v s (%s), limit %v s",
			[kubernetes.container_name(container.value), seconds, _sum(container, readiness), limit],
		),
		"path": _blame(container, readiness),
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

# _delay(container, readiness) is when the readiness probe starts to count at the latest.
_delay(container, readiness) := probe.setting(readiness, "initialDelaySeconds") if not probe.of(container, "startupProbe")

_delay(container, readiness) := max([_tick(startup), probe.setting(readiness, "initialDelaySeconds")]) if {
	startup := probe.of(container, "startupProbe")
}

_tick(startup) := probe.setting(startup, "initialDelaySeconds") + probe.setting(startup, "periodSeconds")

_sum(container, readiness) := sprintf("initialDelay %v + %s", [probe.setting(readiness, "initialDelaySeconds"), _rest_text(readiness)]) if {
	not probe.of(container, "startupProbe")
}

_sum(container, readiness) := sprintf("max of startup %v + %v and initialDelay %v, + %s", [
	probe.setting(startup, "initialDelaySeconds"),
	probe.setting(startup, "periodSeconds"),
	probe.setting(readiness, "initialDelaySeconds"),
	_rest_text(readiness),
]) if {
	startup := probe.of(container, "startupProbe")
}

# The startup probe is to blame only if its first tick outweighs all that the readiness probe adds.
_blame(container, readiness) := path if {
	startup := probe.of(container, "startupProbe")
	_tick(startup) > max([probe.setting(readiness, "initialDelaySeconds"), _rest(readiness)])
	path := probe.blame(startup, [
		["initialDelaySeconds", probe.setting(startup, "initialDelaySeconds")],
		["periodSeconds", probe.setting(startup, "periodSeconds")],
	])
} else := probe.blame(readiness, [
	["initialDelaySeconds", probe.setting(readiness, "initialDelaySeconds")],
	["periodSeconds", _rest(readiness)],
])

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
