# METADATA
# title: Build tool or package manager in front of the program
# description: |
#   `npm start`, `make run`, `mvn spring-boot:run` or `su -c` start the program as a child, often with a shell in between. Signals
#   are not passed on, or the tool ends first and takes the container with it, so the program does not finish its requests.
#   Such tools also cost memory and start-up time, and look for things that a production image should not have to hold.
#
#   What counts: what the effective ENTRYPOINT or CMD runs in the end, through wrappers, shells and scripts of the build
#   context: npm, yarn, pnpm, npx, bunx, bun run, make, mvn, gradle, go run, sudo, su and script.
#
#   Not reported: anything behind `dumb-init` or `tini -g`, which signal the whole group; one-off commands such as `npm test`;
#   development images and servers (`development-server`); tools that replace themselves by the program or pass signals on:
#   bundle exec, poetry run, pipenv run, uv run, cargo run, nohup.
# custom:
#   id: dockerfile/process-manager-entrypoint
#   severity: warning
#   clauses: [OPS-9.3]
#   kinds: [image]
#   remedy: start the program itself, for example node server.js instead of npm start
package opslint.rules.dockerfile.process_manager_entrypoint

import data.opslint.lib.dockerfile

subject contains ["image"] if {
	count(dockerfile.image.programs) > 0
	not dockerfile.image.development
}

deny contains finding if {
	not dockerfile.image.development
	some index, program in dockerfile.image.programs
	not program.guarded
	tool := _tool(program)

	finding := {
		"msg": sprintf("%s stands between process 1 and the program, so SIGTERM does not reliably reach it", [tool]),
		"path": ["image", "programs", index, "arguments", 0],
	}
}

undetermined contains {"path": ["image", "programs", index, "arguments", 0], "msg": "the program is known only at run time"} if {
	not dockerfile.image.development
	some index, program in dockerfile.image.programs
	program.name == ""
}

_tool(program) := program.name if {
	program.name in {"npm", "pnpm"}
	_words(program)[0] in {"start", "run", "run-script", "exec", "x", "dlx", "restart"}
	not _one_off(_words(program))
} else := "yarn" if {
	program.name in {"yarn", "yarnpkg"}
	not _words(program)[0] in {"install", "add", "audit", "version", "publish", "pack", "config", "node"}
	not _one_off(_words(program))
} else := program.name if {
	program.name in {"npx", "pnpx", "bunx", "make", "sudo", "script"}
	not _one_off(_words(program))
} else := "bun run" if {
	program.name == "bun"
	_words(program)[0] == "run"
	not regex.match(`\.[cm]?[jt]sx?$`, _words(program)[1])
	not _one_off(_words(program))
} else := program.name if {
	program.name in {"mvn", "mvnw", "gradle", "gradlew"}
	some word in _words(program)
	regex.match(`(?i)(?:run|exec|start|serve)`, word)
	not _one_off(_words(program))
} else := "go run" if {
	program.name == "go"
	_words(program)[0] == "run"
} else := "su" if {
	program.name == "su"
	some word in program.arguments
	word in {"-c", "--command"}
}

# _words(program) are the arguments without options.
_words(program) := [word |
	some index, word in program.arguments
	index > 0
	not startswith(word, "-")
]

# Work that ends by itself, and development servers, which are another rule's.
_one_off(words) if {
	some word in words
	regex.match(`^(?:test|tests|lint|build|migrate|migrations?|seed|check|install|ci|format|generate|dev|develop)(?:$|[:_-])|:dev$`, word)
}
