# METADATA
# title: Startup may take longer than the standard allows
# description: |
#   Applications must start within 10 seconds. A startup probe says how long a start may take before the container is
#   given up: `initialDelaySeconds + periodSeconds × failureThreshold`. A generous budget admits that the application
#   starts slowly, and lets a start that hangs go unnoticed for as long.
#
#   What counts: the startup probe of an app container.
#
#   Not asked of: Jobs and hooks, stateful workloads, well-known databases, brokers and search engines, whose start is
#   recovery. A placeholder among the settings leaves it undetermined.
# custom:
#   id: kubernetes/slow-startup
#   severity: warning
#   clauses: [OPS-9.1]
#   kinds: [Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Rollout, DeploymentConfig, Pod]
#   remedy: start faster, then lower failureThreshold or periodSeconds of the startupProbe to what the start needs
#   parameters:
#     start:
#       type: duration
#       standard: start
#       description: how long an application may take to start
package opslint.rules.kubernetes.slow_startup

import data.opslint.lib.kubernetes
import data.opslint.lib.probe
import data.opslint.lib.software

subject contains container.path if some [container, _] in _judged

deny contains finding if {
	some [container, startup] in _judged
	not _unknown(startup)
	budget := _delay(startup) + (_period(startup) * _failures(startup))
	limit := data.config.kubernetes.slow_startup.start
	budget > limit

	finding := {
		"msg": sprintf(
			"container %q may take %v s to start (%v + %v × %v), limit %v s",
			[
				kubernetes.container_name(container.value), budget,
				_delay(startup), _period(startup), _failures(startup), limit,
			],
		),
		"path": _blame(startup),
	}
}

undetermined contains {"path": startup.path, "msg": msg} if {
	some [_, startup] in _judged
	_unknown(startup)
	msg := "a setting of the startupProbe is a placeholder or is set by a kustomization; check what is deployed"
}

_judged contains [container, startup] if {
	kubernetes.long_running
	not kubernetes.stateful
	some container in kubernetes.app_containers
	not software.class_of(container.value) in {"database", "broker"}
	startup := probe.of(container, "startupProbe")
}

# The larger factor weighs more than the product, unless the delay is the larger part of the sum.
_blame(startup) := probe.blame(startup, [["initialDelaySeconds", _delay(startup)]]) if {
	_delay(startup) > _period(startup) * _failures(startup)
}

_blame(startup) := probe.blame(startup, [["failureThreshold", _failures(startup)], ["periodSeconds", _period(startup)]]) if {
	_delay(startup) <= _period(startup) * _failures(startup)
}

_delay(startup) := probe.setting(startup, "initialDelaySeconds")

_period(startup) := probe.setting(startup, "periodSeconds")

_failures(startup) := probe.setting(startup, "failureThreshold")

_unknown(startup) if probe.unknown(startup, ["initialDelaySeconds", "periodSeconds", "failureThreshold"])

_unknown(startup) if kubernetes.completed(startup.path)
