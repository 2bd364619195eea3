package opslint.rules.dockerfile.overridden_instruction_test

import data.opslint.rules.dockerfile.overridden_instruction as rule

_image(final, keywords) := {"name": "image", "image": {"stage": {"index": final}}, "stages": [
	{"instructions": [{"instruction": "FROM"}, {"instruction": "CMD"}, {"instruction": "CMD"}]},
	{"instructions": [{"instruction": keyword} | some keyword in keywords]},
]}

_reported(image) := {finding.path[3] | some finding in found} if {
	found := rule.deny with input as image
}

test_reports_all_but_the_last if {
	_reported(_image(1, ["FROM", "CMD", "RUN", "CMD", "CMD"])) == {1, 3}
	_reported(_image(1, ["FROM", "ENTRYPOINT", "HEALTHCHECK", "HEALTHCHECK", "ENTRYPOINT"])) == {1, 2}
	rule.subject == {["image"]} with input as _image(1, ["FROM"])
}

test_points_at_the_keyword if {
	some finding in rule.deny with input as _image(1, ["FROM", "CMD", "CMD"])
	finding.path == ["stages", 1, "instructions", 1, "instruction"]
	finding.related[0].path == ["stages", 1, "instructions", 2, "instruction"]
}

test_accepts_single_instructions_and_other_stages if {
	_reported(_image(1, ["FROM", "ENTRYPOINT", "CMD", "HEALTHCHECK", "ENV", "ENV"])) == set()
}

test_ignores_unknown_instructions if {
	_reported(_image(1, ["FROM", "ONBUILD", "ONBUILD", "CMD"])) == set()
}
