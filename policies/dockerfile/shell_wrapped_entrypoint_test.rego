package opslint.rules.dockerfile.shell_wrapped_entrypoint_test

import data.opslint.rules.dockerfile.shell_wrapped_entrypoint as rule

_image(instruction, shell, shape, kind) := {"image": {"command": {"role": "process"}, "wrapped": {
	"instruction": instruction, "shell": shell, "shape": shape, "text": "node app.js", "parsed": true, "traps": false, "guarded": false,
	"ends": [{"kind": kind, "branch": false, "pipeline": shape == "pipeline", "program": "node"}],
}}}

_reported(image) := {[finding.path, finding.severity] | some finding in found} if {
	found := rule.deny with input as image
}

test_reports_shells_that_stay[name] if {
	some name, want in {
		"entrypoint dash simple": "error", "entrypoint bash simple": "note", "entrypoint unknown simple": "warning",
		"entrypoint ash pipeline": "error", "command dash simple": "warning", "command dash pipeline": "error", "command bash simple": "note",
	}
	[instruction, shell, shape] := split(name, " ")
	_reported(_image(instruction, shell, shape, "program")) == {[["image", "wrapped", "text"], want]}
}

test_reports_a_note_behind_an_unknown_entrypoint if {
	image := json.patch(_image("command", "dash", "pipeline", "program"), [{"op": "replace", "path": "image/command/role", "value": "unknown"}])
	_reported(image) == {[["image", "wrapped", "text"], "note"]}
}

test_accepts_exec_traps_and_guards if {
	_reported(_image("entrypoint", "dash", "simple", "exec")) == set()
	some key in ["traps", "guarded"]
	image := json.patch(_image("entrypoint", "dash", "simple", "program"), [{"op": "replace", "path": ["image", "wrapped", key], "value": true}])
	_reported(image) == set()
	rule.subject == {["image"]} with input as image
}

test_ignores_unknown_programs if {
	unknown := _image("entrypoint", "dash", "simple", "unknown")
	_reported(unknown) == set()
	count(rule.undetermined) == 1 with input as unknown
}
