# METADATA
# title: Shell in front of the program
# description: |
#   `["sh", "-c", "app"]` is written in the exec form and is the shell form all the same: process 1 is a shell, and SIGTERM
#   goes to process 1 only. dash (Debian, Ubuntu) stays in front of the program and ignores the signal; BusyBox (Alpine) and
#   bash step aside for a single command, not for pipelines or programs in the background.
#
#   What counts: an ENTRYPOINT, or a CMD that runs by itself, whose program is a shell with `-c`, also behind `env`, `gosu`
#   or `tini`: tini passes the signal to its child, the shell, and no further. The severity follows the named shell as it
#   does in `shell-form-entrypoint` and `shell-form-command`.
#
#   Not reported: a text that ends in `exec`, a trap on TERM, `dumb-init` and `tini -g`, which signal the whole group.
# custom:
#   id: dockerfile/shell-wrapped-entrypoint
#   severity: error
#   clauses: [OPS-9.3]
#   kinds: [image]
#   remedy: start the program without a shell, or put exec before it
package opslint.rules.dockerfile.shell_wrapped_entrypoint

import data.opslint.lib.dockerfile

subject contains ["image"] if _run

deny contains finding if {
	_run.shell != "none"

	finding := {
		"msg": sprintf("shell with -c in front of the program: %s", [dockerfile.loses(_run)]),
		"path": ["image", "wrapped", "text"],
		"severity": _severity(dockerfile.stands(_run)),
	}
}

undetermined contains {"path": ["image", "wrapped", "text"], "msg": dockerfile.unsettled(_run)}

_run := dockerfile.image.wrapped

# A CMD is easily replaced when the container is started, the ENTRYPOINT is not.
_severity(_) := "note" if {
	_run.instruction == "command"
	dockerfile.image.command.role == "unknown"
} else := "warning" if {
	_run.instruction == "command"
	dockerfile.stands(_run) == "stays"
	_run.shape in {"simple", "chain", "compound"}
} else := "note" if {
	_run.instruction == "command"
	dockerfile.stands(_run) == "depends"
	_run.shell == "unknown"
} else := {"always": "error", "stays": "error", "depends": "warning", "aside": "note"}[dockerfile.stands(_run)]
