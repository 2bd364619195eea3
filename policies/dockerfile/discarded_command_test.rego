package opslint.rules.dockerfile.discarded_command_test

import data.opslint.rules.dockerfile.discarded_command as rule

_reported(role) := {finding.path | some finding in found} if {
	found := rule.deny with input as {"name": "image", "image": {"entrypoint": {"form": "shell"}, "command": {"role": role}}}
}

test_reports_commands_behind_a_shell_form if {
	_reported("discarded") == {["image", "command"]}
}

test_accepts_commands_that_are_used if {
	every role in ["process", "passed", "argument"] {
		_reported(role) == set()
	}
	rule.subject == {["image"]} with input as {"image": {"entrypoint": {"form": "exec"}, "command": {"role": "argument"}}}
}

test_ignores_unknown_roles if {
	_reported("unknown") == set()
	rule.subject == set() with input as {"image": {"entrypoint": {"form": "shell"}}}
}
