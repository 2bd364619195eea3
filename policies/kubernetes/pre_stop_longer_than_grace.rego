# METADATA
# title: preStop hook uses up the grace period
# description: |
#   The grace period starts with the preStop hook, and SIGTERM is sent only when the hook has ended. A hook that takes
#   as long as the grace period leaves nothing for the application's own shutdown: SIGKILL comes with SIGTERM or before.
#
#   What counts: what the hook certainly waits, as `sleep.seconds` or as the constant sleeps of its command added up,
#   against `terminationGracePeriodSeconds` (30 if unset), in app containers and native sidecars. Loops, variables,
#   HTTP requests and other programs may wait longer; they count as nothing.
#
#   Not asked of: Jobs, CronJobs and hooks, init containers.
# custom:
#   id: kubernetes/pre-stop-longer-than-grace
#   severity: error
#   clauses: [OPS-9.3]
#   kinds: [Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Rollout, DeploymentConfig, Pod]
#   remedy: raise terminationGracePeriodSeconds to the preStop time plus 30 s, or shorten the preStop hook
package opslint.rules.kubernetes.pre_stop_longer_than_grace

import data.opslint.lib.kubernetes
import data.opslint.lib.quantity
import data.opslint.lib.shell

subject contains hook.container.path if some hook in _hooks

deny contains finding if {
	some hook in _hooks
	not kubernetes.completed(_grace_path)
	not kubernetes.completed(hook.path)
	hook.seconds >= _grace

	finding := {
		"msg": sprintf(
			"preStop of container %q takes %v s of a grace period of %v s, nothing is left for shutdown",
			[kubernetes.container_name(hook.container.value), hook.seconds, _grace],
		),
		"path": _blame(hook),
		"subject": hook.container.path,
	}
}

undetermined contains {"path": hook.container.path, "msg": msg} if {
	some hook in _hooks
	not _grace
	msg := "terminationGracePeriodSeconds is not known; fill in the placeholder"
}

undetermined contains {"path": hook.container.path, "msg": msg} if {
	some hook in _hooks
	some path in [_grace_path, hook.path]
	kubernetes.completed(path)
	msg := "a kustomization changes the hook or the grace period; check the built overlay"
}

undetermined contains {"path": hook.container.path, "msg": msg} if {
	some hook in _hooks
	not hook.constant
	hook.seconds < _grace
	msg := "how long the preStop hook takes is only known when it runs; use sleep with a number"
}

# What the hooks take at least; "constant" if they take no longer.
_hooks contains {"container": container, "path": path, "seconds": waits.seconds, "constant": waits.constant, "sleep": sleep} if {
	kubernetes.long_running
	some container in kubernetes.containers
	container.role in {"app", "native"}
	hook := container.value.lifecycle.preStop
	path := array.concat(container.path, ["lifecycle", "preStop"])
	waits := _waits(hook)
	sleep := array.concat(path, waits.at)
}

_waits(hook) := {"seconds": quantity.integer(hook.sleep.seconds), "constant": true, "at": ["sleep", "seconds"]} if {
	is_object(hook.sleep)
} else := {"seconds": pause.seconds, "constant": shell.base(hook.exec.command[0]) == "sleep", "at": ["exec", "command", pause.index]} if {
	pause := shell.pause(hook.exec.command)
} else := {"seconds": 0, "constant": false, "at": []}

_grace := 30 if object.get(kubernetes.pod_spec.value, "terminationGracePeriodSeconds", null) == null

_grace := quantity.integer(kubernetes.pod_spec.value.terminationGracePeriodSeconds)

_grace_path := array.concat(kubernetes.pod_spec.path, ["terminationGracePeriodSeconds"])

_blame(_) := _grace_path if kubernetes.pod_spec.value.terminationGracePeriodSeconds != null

_blame(hook) := hook.sleep if object.get(kubernetes.pod_spec.value, "terminationGracePeriodSeconds", null) == null
