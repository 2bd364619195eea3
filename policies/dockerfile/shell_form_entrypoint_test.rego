package opslint.rules.dockerfile.shell_form_entrypoint_test

import data.opslint.rules.dockerfile.shell_form_entrypoint as rule

_image(shell, shape, kind) := {"image": {"base": {"image": "base:1"}, "entrypoint": {"form": "shell", "text": "node app.js", "run": {
	"shell": shell, "shape": shape, "parsed": true, "traps": false, "guarded": false,
	"ends": [{"kind": kind, "branch": false, "pipeline": shape == "pipeline", "program": "node"}],
}}}}

_reported(image) := {[finding.path, object.get(finding, "severity", "error")] | some finding in found} if {
	found := rule.deny with input as image
}

_text := ["image", "entrypoint", "text"]

test_reports_shells_that_stay[name] if {
	some name, want in {
		"dash simple": "error", "dash chain": "error", "ash pipeline": "error", "bash background": "error",
		"bash compound": "error", "bash sequence": "warning", "unknown simple": "warning", "ash simple": "note", "bash chain": "note",
	}
	[shell, shape] := split(name, " ")
	_reported(_image(shell, shape, "program")) == {[_text, want]}
}

test_reports_images_without_shell if {
	_reported(_image("none", "simple", "program")) == {[_text, "error"]}
}

test_reports_arrays_that_are_no_json if {
	image := {"image": {"entrypoint": {"form": "shell", "malformed": true, "text": "['node', 'app.js']", "run": {
		"shell": "dash", "shape": "simple", "parsed": true, "traps": false, "guarded": false, "ends": [],
	}}}}
	_reported(image) == {[_text, "error"]}
}

test_accepts_exec_and_the_exec_form if {
	_reported(_image("dash", "sequence", "exec")) == set()
	_reported({"image": {"entrypoint": {"form": "exec", "arguments": ["node", "app.js"]}}}) == set()
	rule.subject == {["image"]} with input as {"image": {"entrypoint": {"form": "exec", "arguments": ["node", "app.js"]}}}
	rule.subject == set() with input as {"image": {"command": {"form": "exec", "arguments": ["node", "app.js"]}}}
}

test_ignores_unknown_programs_and_shells if {
	unknown := _image("dash", "simple", "unknown")
	_reported(unknown) == set()
	count(rule.undetermined) == 1 with input as unknown
	other := _image("other", "simple", "program")
	_reported(other) == set()
	count(rule.undetermined) == 1 with input as other
}
