# METADATA
# title: Entrypoint script without exec
# description: |
#   A script that ends in `app "$@"` instead of `exec app "$@"` stays process 1 and waits. No shell passes SIGTERM on while
#   it waits, and as process 1 it does not even die of it: the program runs on until SIGKILL ends it in the middle of a
#   request. `tini` in front does not help, for it signals its direct child, which is the shell.
#
#   What counts: the entrypoint script that the Dockerfile copies from the build context, from an earlier stage or from a
#   heredoc, and the scripts that this one starts. **error** if the script ends in `"$@"`, or in a program of an image that
#   exposes a port; **warning** if only a branch ends so, or if the script waits for programs in the background.
#
#   Not reported: `exec` on every way that starts a program; a trap on TERM; `dumb-init` and `tini -g`, which signal the whole
#   group; branches for one-off work (`migrate`, `test`, `--help`) beside others that use `exec`; commands that are done at once;
#   a stage, file or folder named dev, development, local, test and the like.
# custom:
#   id: dockerfile/missing-exec
#   severity: error
#   clauses: [OPS-9.3]
#   kinds: [image]
#   remedy: put exec before the command that the script ends with
package opslint.rules.dockerfile.missing_exec

import data.opslint.lib.dockerfile

subject contains ["image", "scripts", index] if some index, _ in _scripts

deny contains finding if {
	some index, script in _scripts
	some end in dockerfile.waits(script)
	not _one_off(script, end)

	finding := {
		"msg": _message(script, end),
		"path": ["image", "scripts", index, "ends", end.index, "statement"],
		"severity": _severity(end),
		"related": [{"ref": input.name, "path": ["image", script.instruction], "msg": "the script is started here"}],
	}
}

undetermined contains {
	"path": ["image", script.instruction],
	"subject": ["image", "scripts", index],
	"msg": sprintf("script %s is not in the build context; look for exec before its last command", [script.path]),
} if {
	some index, script in _scripts
	not script.found
}

undetermined contains {"path": ["image", "scripts", index], "msg": dockerfile.unsettled(script)} if {
	some index, script in _scripts
	script.found
}

# Images for development and tests serve nobody whose requests could be cut off.
_scripts := dockerfile.image.scripts if not dockerfile.image.development

_message(script, end) := sprintf("%s waits for %s without a trap on TERM, so SIGTERM never reaches them", [script.path, dockerfile.program(end)]) if {
	end.kind == "wait"
} else := sprintf("%s runs %s in a pipeline, so the shell stays and SIGTERM never reaches it", [script.path, dockerfile.program(end)]) if {
	end.pipeline
} else := sprintf("%s starts %s without exec, so the shell stays and SIGTERM never reaches it", [script.path, dockerfile.program(end)])

_severity(end) := "warning" if {
	end.branch
} else := "error" if {
	end.kind == "arguments"
} else := "error" if {
	end.kind == "program"
	count(dockerfile.image.ports) > 0
} else := "warning"

_one_off(script, end) if {
	end.branch
	some other in script.ends
	other.kind == "exec"
	regex.match(`(?i)(?:^|[^a-z])(?:migrat\w*|makemigrations|tests?|pytest|lint|shell|console|help|version|init\w*|setup|seed|create\w*|upgrade|downgrade|dump|restore|load\w*|import|export|collectstatic|check|validate|build|install|bash|psql|repl)(?:$|[^a-z])`, end.statement)
}
