# METADATA
# title: ENTRYPOINT in shell form
# description: |
#   Kubernetes and Docker send SIGTERM to process 1 only. The shell form runs `/bin/sh -c "text"`, so process 1 is a shell
#   first, and whether the program ever takes its place depends on which shell that is: dash (Debian, Ubuntu) stays and
#   ignores the signal; BusyBox (Alpine) and bash step aside for a single command. Whoever stays until SIGKILL drops the
#   requests it was serving.
#
#   What counts: the ENTRYPOINT in force at the end of the final stage, also when an earlier stage of the file set it.
#   **error** if the shell is known to stay (dash, a pipeline, programs in the background), if the image has no shell at
#   all, or if the text is a JSON array gone wrong (single quotes); **warning** if it depends on a shell that is not
#   known; **note** if the shell steps aside today.
#
#   Not reported: a text that ends in `exec`, a trap on TERM, and commands that are done at once.
# custom:
#   id: dockerfile/shell-form-entrypoint
#   severity: error
#   clauses: [OPS-9.3]
#   kinds: [image]
#   remedy: 'write the exec form, ENTRYPOINT ["program", "argument"], or put exec before the program'
package opslint.rules.dockerfile.shell_form_entrypoint

import data.opslint.lib.dockerfile

subject contains ["image"] if dockerfile.image.entrypoint

deny contains finding if {
	_text != ""
	not _malformed
	_run.shell != "none"

	finding := {
		"msg": sprintf("ENTRYPOINT in shell form: %s", [dockerfile.loses(_run)]),
		"path": ["image", "entrypoint", "text"],
		"severity": _severity[dockerfile.stands(_run)],
	}
}

deny contains finding if {
	_text != ""
	_run.shell == "none"
	not _malformed

	finding := {
		"msg": sprintf("ENTRYPOINT in shell form: %q has no shell to run it, so the container cannot start", [dockerfile.image.base.image]),
		"path": ["image", "entrypoint", "text"],
	}
}

deny contains finding if {
	_malformed

	finding := {
		"msg": "ENTRYPOINT is no JSON array (JSON wants double quotes), so a shell runs it as a command",
		"path": ["image", "entrypoint", "text"],
	}
}

undetermined contains {"path": ["image", "entrypoint", "text"], "msg": dockerfile.unsettled(_run)} if {
	not _malformed
	_run.shell != "none"
}

_text := dockerfile.image.entrypoint.text

_run := dockerfile.image.entrypoint.run

_malformed if dockerfile.image.entrypoint.malformed

_severity := {"always": "error", "stays": "error", "depends": "warning", "aside": "note"}
