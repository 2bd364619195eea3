# METADATA
# title: Stop signal that no program can handle
# description: |
#   STOPSIGNAL says what the runtime sends first when it stops a container. SIGKILL and SIGSTOP cannot be caught, so the
#   program never gets to finish its requests, whatever its grace period.
#
#   What counts: the STOPSIGNAL in force at the end of the final stage, by name or number. SIGQUIT, SIGINT, SIGUSR1 and the
#   like pass, for programs such as nginx shut down gracefully on them.
# custom:
#   id: dockerfile/forced-stop-signal
#   severity: error
#   clauses: [OPS-9.3]
#   kinds: [image]
#   remedy: remove STOPSIGNAL, or name a signal that the program handles
package opslint.rules.dockerfile.forced_stop_signal

import data.opslint.lib.dockerfile

subject contains ["image"] if dockerfile.image.stopsignal

deny contains finding if {
	trim_prefix(upper(dockerfile.image.stopsignal), "SIG") in {"KILL", "9", "STOP", "19"}

	finding := {
		"msg": sprintf("stop signal %s cannot be handled, so the program never shuts down gracefully", [dockerfile.image.stopsignal]),
		"path": ["image", "stopsignal"],
	}
}

undetermined contains {"path": ["image", "stopsignal"], "msg": "the stop signal comes from a build argument; give it a default"} if {
	contains(dockerfile.image.stopsignal, "$")
}
