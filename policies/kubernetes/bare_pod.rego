# METADATA
# title: Pod that nothing brings back
# description: |
#   A Pod by itself is restarted on its node when it crashes, but when the node goes, is drained or runs out of memory,
#   the Pod is gone for good. A Deployment, StatefulSet or DaemonSet creates it anew elsewhere.
#
#   What counts: a `Pod` without an owner whose restartPolicy is Always, which is the default.
#
#   Not asked of: pods that are meant to end (OnFailure, Never, hooks), pods that only wait, static pods and the
#   namespace kube-system, pods whose name, container or image says that they are a test, demo or example, and anything
#   outside production. A Pod whose name is a placeholder is some tool's template and is left undetermined.
# custom:
#   id: kubernetes/bare-pod
#   severity: warning
#   clauses: [OPS-9.4]
#   kinds: [Pod]
#   remedy: make it a Deployment, StatefulSet or DaemonSet with this Pod as its template
package opslint.rules.kubernetes.bare_pod

import data.opslint.lib.image
import data.opslint.lib.kubernetes
import data.opslint.lib.unknown

subject contains [] if _judged

deny contains finding if {
	_judged

	finding := {
		"msg": sprintf("%s is not created anew when its node goes away, nothing owns it", [kubernetes.title]),
		"path": ["metadata", "name"],
	}
}

undetermined contains {"path": ["spec", "restartPolicy"], "msg": "the restartPolicy is not known; fill in the placeholder"} if {
	unknown.is(input.spec.restartPolicy)
}

undetermined contains {"path": ["metadata", "name"], "msg": "the name is a placeholder; check what the tool makes of the template"} if {
	unknown.is(kubernetes.plain_name(input))
}

_judged if {
	kubernetes.production
	kubernetes.long_running
	kubernetes.pod_spec
	not kubernetes.idle
	not _static
	not _trial
	not unknown.is(kubernetes.plain_name(input))
}

_trial if _says_so(kubernetes.plain_name(input))

_trial if {
	some container in kubernetes.app_containers
	some name in [kubernetes.container_name(container.value), image.name(container.value.image)]
	_says_so(name)
}

_says_so(name) if regex.match(`(?:^|[-_.])(?:test|tests|demo|example|dummy|debug)(?:[-_.]|$)`, name)

_static if kubernetes.namespace_of(input) == "kube-system"

_static if input.metadata.annotations["kubernetes.io/config.mirror"]
