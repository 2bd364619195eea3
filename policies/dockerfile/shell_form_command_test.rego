package opslint.rules.dockerfile.shell_form_command_test

import data.opslint.rules.dockerfile.shell_form_command as rule

_image(role, shell, shape, kind) := {"image": {"base": {"image": "base:1"}, "command": {"form": "shell", "role": role, "text": "node app.js", "run": {
	"shell": shell, "shape": shape, "parsed": true, "traps": false, "guarded": false,
	"ends": [{"kind": kind, "branch": false, "pipeline": shape == "pipeline", "program": "node"}],
}}}}

_reported(image) := {[finding.path, object.get(finding, "severity", "error")] | some finding in found} if {
	found := rule.deny with input as image
}

_text := ["image", "command", "text"]

test_reports_shells_that_stay[name] if {
	some name, want in {
		"process dash simple": "warning", "passed dash chain": "warning", "process dash sequence": "error", "process ash pipeline": "error",
		"process bash background": "error", "process bash sequence": "warning", "process ash sequence": "note", "process ash simple": "note",
		"unknown dash pipeline": "note", "unknown unknown simple": "note",
	}
	[role, shell, shape] := split(name, " ")
	_reported(_image(role, shell, shape, "program")) == {[_text, want]}
}

test_reports_images_without_shell if {
	_reported(_image("process", "none", "simple", "program")) == {[_text, "error"]}
}

test_reports_arrays_that_are_no_json if {
	image := {"image": {"command": {"form": "shell", "role": "argument", "malformed": true, "text": "['serve']"}}}
	_reported(image) == {[_text, "error"]}
}

test_accepts_exec_arguments_and_the_exec_form if {
	_reported(_image("process", "dash", "sequence", "exec")) == set()
	_reported(_image("discarded", "dash", "simple", "program")) == set()
	_reported(_image("argument", "dash", "simple", "program")) == set()
	exec := {"image": {"command": {"form": "exec", "role": "process", "arguments": ["node", "app.js"]}}}
	_reported(exec) == set()
	rule.subject == {["image"]} with input as exec
}

test_ignores_unknown_programs if {
	unknown := _image("process", "dash", "simple", "unknown")
	_reported(unknown) == set()
	count(rule.undetermined) == 1 with input as unknown
}
