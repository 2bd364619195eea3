# METADATA
# title: CMD that is thrown away
# description: |
#   An ENTRYPOINT in shell form runs `/bin/sh -c "text" …` and the text never looks at further arguments, so the CMD beside
#   it has no effect, nor have the arguments given to `docker run` or the `args` of a Kubernetes container. Options that
#   are set there, the address to listen on or the log format, are silently lost.
#
#   What counts: both in force at the end of the final stage. `CMD []` is no command.
# custom:
#   id: dockerfile/discarded-command
#   severity: error
#   clauses: [OPS-9.3, OPS-12.6]
#   kinds: [image]
#   remedy: write ENTRYPOINT in exec form, or move the arguments into it and remove CMD
package opslint.rules.dockerfile.discarded_command

import data.opslint.lib.dockerfile

subject contains ["image"] if {
	dockerfile.image.entrypoint
	dockerfile.image.command
}

deny contains finding if {
	dockerfile.image.command.role == "discarded"

	finding := {
		"msg": "CMD has no effect: the ENTRYPOINT in shell form throws its arguments away",
		"path": ["image", "command"],
		"related": [{"ref": input.name, "path": ["image", "entrypoint"], "msg": "ENTRYPOINT in shell form"}],
	}
}
