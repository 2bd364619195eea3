package opslint.rules.dockerfile.missing_exec_test

import data.opslint.rules.dockerfile.missing_exec as rule

_end(kind, branch, statement) := {"kind": kind, "branch": branch, "pipeline": false, "program": "app", "statement": statement}

_script(ends) := {"path": "/run.sh", "instruction": "entrypoint", "found": true, "parsed": true, "traps": false, "guarded": false, "shell": "dash", "ends": ends}

_image(ports, script) := {"name": "image", "image": {"ports": ports, "entrypoint": {}, "scripts": [script]}}

_reported(image) := {[finding.path[4], finding.severity] | some finding in found} if {
	found := rule.deny with input as image
}

test_reports_programs_without_exec if {
	_reported(_image([], _script([_end("arguments", false, `"$@"`)]))) == {[0, "error"]}
	_reported(_image(["80"], _script([_end("program", false, "app")]))) == {[0, "error"]}
	_reported(_image([], _script([_end("program", false, "app")]))) == {[0, "warning"]}
	_reported(_image(["80"], _script([_end("exec", true, "exec a"), _end("program", true, "app serve")]))) == {[1, "warning"]}
	_reported(_image(["80"], _script([_end("wait", false, "wait")]))) == {[0, "warning"]}
}

test_accepts_images_for_development if {
	image := object.union(_image(["80"], _script([_end("arguments", false, `"$@"`)])), {"image": {"development": true}})
	_reported(image) == set()
	count(rule.subject) == 0 with input as image
}

test_points_at_the_statement_and_the_instruction if {
	some finding in rule.deny with input as _image([], _script([_end("arguments", false, `"$@"`)]))
	finding.path == ["image", "scripts", 0, "ends", 0, "statement"]
	finding.related[0].path == ["image", "entrypoint"]
}

test_accepts_exec_traps_and_one_off_branches if {
	_reported(_image([], _script([_end("exec", false, "exec app"), _end("utility", true, "echo x")]))) == set()
	_reported(_image([], object.union(_script([_end("program", false, "app")]), {"traps": true}))) == set()
	_reported(_image([], object.union(_script([_end("program", false, "app")]), {"guarded": true}))) == set()
	_reported(_image([], _script([_end("program", true, "python manage.py migrate"), _end("exec", true, "exec gunicorn")]))) == set()
	_reported(_image([], _script([_end("program", true, "python manage.py migrate")]))) == {[0, "warning"]}
}

test_ignores_unknown_scripts_and_programs if {
	missing := {"path": "/run.sh", "instruction": "entrypoint", "found": false, "guarded": false}
	_reported(_image([], missing)) == set()
	count(rule.undetermined) == 1 with input as _image([], missing)
	unknown := _script([_end("unknown", false, "$CMD")])
	_reported(_image([], unknown)) == set()
	count(rule.undetermined) == 1 with input as _image([], unknown)
}
