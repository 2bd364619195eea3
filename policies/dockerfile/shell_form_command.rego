# METADATA
# title: CMD in shell form
# description: |
#   Without an ENTRYPOINT the CMD is what runs, and in shell form that is `/bin/sh -c "text"`: process 1, the only process
#   that gets SIGTERM, is a shell. dash (Debian, Ubuntu) stays in front of the program and ignores the signal; BusyBox
#   (Alpine) and bash step aside for a single command.
#
#   What counts: the CMD in force at the end of the final stage if it runs by itself: without ENTRYPOINT, behind `tini`, or
#   passed on by an entrypoint script. **error** for pipelines and programs in the background, for sequences (`a; b`)
#   under dash, for an image without a shell, and for a JSON array gone wrong; **warning** if dash stays in front of a single program;
#   **note** if the shell steps aside today, or if an ENTRYPOINT of the base image that is not known decides.
#
#   Not reported: a text that ends in `exec`, a trap on TERM, an interactive shell, and commands that are done at once.
# custom:
#   id: dockerfile/shell-form-command
#   severity: error
#   clauses: [OPS-9.3]
#   kinds: [image]
#   remedy: 'write the exec form, CMD ["program", "argument"], or put exec before the program'
package opslint.rules.dockerfile.shell_form_command

import data.opslint.lib.dockerfile

subject contains ["image"] if dockerfile.runs(dockerfile.image.command)

deny contains finding if {
	dockerfile.runs(_command)
	not _malformed
	_command.run.shell != "none"

	finding := {
		"msg": sprintf("CMD in shell form: %s", [dockerfile.loses(_command.run)]),
		"path": ["image", "command", "text"],
		"severity": _severity(dockerfile.stands(_command.run)),
	}
}

deny contains finding if {
	_command.role in {"process", "passed"}
	_command.run.shell == "none"
	_command.text != ""
	not _malformed

	finding := {
		"msg": sprintf("CMD in shell form: %q has no shell to run it, so the container cannot start", [dockerfile.image.base.image]),
		"path": ["image", "command", "text"],
	}
}

deny contains finding if {
	_malformed
	_command.role != "discarded"

	finding := {
		"msg": "CMD is no JSON array (JSON wants double quotes), so a shell runs it as a command",
		"path": ["image", "command", "text"],
	}
}

undetermined contains {"path": ["image", "command", "text"], "msg": dockerfile.unsettled(_command.run)} if {
	dockerfile.runs(_command)
	not _malformed
	_command.run.shell != "none"
}

_command := dockerfile.image.command

_malformed if _command.malformed

_severity(_) := "note" if {
	_command.role == "unknown"
} else := "error" if {
	_command.run.shape in {"pipeline", "background"}
} else := "error" if {
	_command.run.shape == "sequence"
	_command.run.shell == "dash"
} else := "warning" if {
	_command.run.shell == "dash"
} else := "warning" if {
	_command.run.shell == "bash"
	_command.run.shape in {"sequence", "compound"}
} else := "note"
