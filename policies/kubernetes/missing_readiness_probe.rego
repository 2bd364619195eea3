# METADATA
# title: Serving container without a readiness probe
# description: |
#   A Service sends traffic to a container as soon as the process runs, unless a readiness probe holds it back. Without
#   one, every rollout and every restart costs the requests that arrive before the application listens.
#
#   What counts: a container of a long-running workload that owns a port which receives traffic. A Service of the
#   application leads to it (error; a warning outside production, where no user's requests are lost), or it declares a
#   port that is not one for metrics, health or administration (warning). A startup probe alone is no readiness, and
#   `readinessProbe: {}` is none at all.
#
#   Not asked of: Jobs, CronJobs and hooks, init containers, well-known sidecars, Knative Services (the platform probes
#   them), pods that only wait, containers beside the one that owns the port, and pods whose only Services are headless
#   with `publishNotReadyAddresses: true`; outside production, also not of containers that no Service leads to.
# custom:
#   id: kubernetes/missing-readiness-probe
#   severity: error
#   clauses: [OPS-9.2, OPS-MON.1]
#   kinds: [Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Rollout, DeploymentConfig, Pod]
#   scope: workspace
#   remedy: add a readinessProbe that asks the endpoint which knows whether requests can be served
#   parameters:
#     by_port:
#       type: boolean
#       default: true
#       description: report containers that declare a port although no Service selects them
package opslint.rules.kubernetes.missing_readiness_probe

import data.opslint.lib.kubernetes
import data.opslint.lib.probe
import data.opslint.lib.serving

subject contains container.path if some container in _judged

deny contains finding if {
	some container in _judged
	container.by == "service"
	_missing(container)

	finding := object.union(_severity, {
		"msg": sprintf(
			"container %q has no readinessProbe, Service %q sends it traffic from its first second",
			[kubernetes.container_name(container.value), container.service.name],
		),
		"path": kubernetes.at(container),
		"related": [{
			"ref": container.service.ref,
			"path": ["spec", "ports", container.port.index],
			"msg": sprintf("Service %q sends traffic to this port", [container.service.name]),
		}],
	})
}

deny contains finding if {
	some container in _judged
	container.by == "port"
	_missing(container)

	finding := {
		"msg": sprintf(
			"container %q has no readinessProbe, and its port %v takes traffic from its first second",
			[kubernetes.container_name(container.value), container.port.containerPort],
		),
		"path": kubernetes.at(container),
		"severity": "warning",
	}
}

undetermined contains {"path": container.path, "msg": msg} if {
	some container in _judged
	not probe.of(container, "readinessProbe")
	kubernetes.completed_in(container, "readinessProbe")
	msg := "a kustomization sets the readinessProbe; check the built overlay"
}

_judged contains container if {
	kubernetes.long_running
	not kubernetes.idle
	some container in kubernetes.serving_containers
	container.role != "sidecar"
	_asked(container)
}

_asked(container) if {
	container.by == "service"
	not serving.early(container.service)
}

_asked(container) if {
	container.by == "port"
	kubernetes.production
	data.config.kubernetes.missing_readiness_probe.by_port
}

_severity := {} if {
	kubernetes.production
} else := {"severity": "warning"}

_missing(container) if {
	not probe.of(container, "readinessProbe")
	not kubernetes.completed_in(container, "readinessProbe")
}
