package opslint.lib.terraform_test

import data.opslint.lib.terraform

_resource(overrides) := object.union(
	{
		"kind": "aws_db_instance", "name": "main", "address": "aws_db_instance.main", "configuration": "aws_db_instance.main",
		"mode": "managed", "root": "live", "target": "", "profile": "production", "instances": "known",
		"config": {}, "unknown": [], "candidates": [], "sensitive": [], "references": [], "origins": [], "calls": [], "meta": {},
	},
	overrides,
)

_roots(root) := {"terraform": {"by_target": {}, "roots": {"live": root}}}

# by_target(resources) is that part of the inventory.
by_target(resources) := {root: {target: {kind: [other | some other in resources; other.root == root; other.target == target; other.kind == kind] |
	some kind in {other.kind | some other in resources; other.root == root; other.target == target}
} |
	some target in {other.target | some other in resources; other.root == root}
} |
	some root in {other.root | some other in resources}
}

test_state_tells_known_unknown_and_absent if {
	resource := _resource({"config": {"a": false, "b": null, "block": [{"c": 1}]}, "unknown": [["u"], ["open"]]})

	terraform.state(resource, ["a"]) == "known"
	terraform.state(resource, ["b"]) == "absent"
	terraform.state(resource, ["block", 0, "c"]) == "known"
	terraform.state(resource, ["block", 0, "d"]) == "absent"
	terraform.state(resource, ["u"]) == "unknown"
	terraform.state(resource, ["open", 0, "x"]) == "unknown"
	terraform.state(resource, ["never"]) == "absent"
}

test_ignores_unknown_even_if_its_text_is_in_config if {
	resource := _resource({"config": {"multi_az": "var.multi_az"}, "unknown": [["multi_az"]]})

	terraform.is_true(resource, ["multi_az"], false) == "undetermined"
	terraform.at_least(resource, ["multi_az"], 0, 1) == "undetermined"
}

test_candidates_decide_only_together if {
	resource := _resource({
		"unknown": [["days"], ["other"]],
		"candidates": [{"path": ["days"], "values": [30, 7]}, {"path": ["other"], "values": [3, null]}],
	})

	terraform.at_least(resource, ["days"], 0, 5) == "pass"
	terraform.at_least(resource, ["days"], 0, 14) == "undetermined"
	terraform.at_least(resource, ["days"], 0, 35) == "fail"
	terraform.possible(resource, ["other"], 9) == {3, 9}
	terraform.is_set(resource, ["other"]) == "undetermined"
}

test_numbers_and_booleans_in_strings_count if {
	resource := _resource({"config": {"days": "35", "on": "true", "text": "seven"}})

	terraform.at_least(resource, ["days"], 0, 30) == "pass"
	terraform.is_true(resource, ["on"], false) == "pass"
	terraform.at_least(resource, ["text"], 0, 1) == "undetermined"
}

test_zero_and_false_are_values if {
	resource := _resource({"config": {"days": 0, "on": false}})

	terraform.at_least(resource, ["days"], 30, 1) == "fail"
	terraform.is_true(resource, ["on"], true) == "fail"
}

test_lengths_count_unknown_elements if {
	terraform.length(_resource({"config": {"list": ["aws_sns_topic.a.arn"]}, "unknown": [["list", 0]]}), ["list"]) == {1}
	terraform.length(_resource({}), ["list"]) == {0}
	terraform.length(_resource({"unknown": [["list"]]}), ["list"]) == set()
}

test_replicas_are_recognised_though_their_source_is_unknown if {
	terraform.replica(_resource({"unknown": [["replicate_source_db"]]})) == "pass"
	terraform.replica(_resource({"config": {"create_mode": "Replica"}})) == "pass"
	terraform.replica(_resource({"config": {"replica_configuration": [{}]}})) == "pass"
	terraform.replica(_resource({"unknown": [["replica_configuration"]]})) == "undetermined"
	terraform.replica(_resource({})) == "fail"
}

test_written_says_what_stands_there if {
	terraform.written(_resource({}), ["settings", 0, "tier"]) == "settings.tier is not set"
	terraform.written(_resource({"config": {"multi_az": false}}), ["multi_az"]) == "multi_az is false"
	terraform.written(_resource({"unknown": [["multi_az"]]}), ["multi_az"]) == "multi_az is not known"
}

test_never_prints_what_is_sensitive if {
	terraform.written(_resource({"config": {"days": 3}, "sensitive": [["days"]]}), ["days"]) == "days is set otherwise"
}

test_report_is_milder_where_the_author_may_not_mean_it if {
	origin := {"path": ["days"], "kind": "default", "name": "var.days", "ref": "r", "call": ""}
	resource := _resource({"config": {"days": 3}, "origins": [origin]})

	terraform.report(resource, ["days"], "x", "error").severity == "error" with data.inventory as _roots({"kind": "deployment", "example": false})
	terraform.report(resource, ["days"], "x", "error").severity == "note" with data.inventory as _roots({"kind": "library", "example": false})
	terraform.report(resource, ["days"], "x", "error").severity == "note" with data.inventory as _roots({"kind": "deployment", "example": false, "remote_variables": true})
	terraform.report(resource, ["other"], "x", "error").severity == "error" with data.inventory as _roots({"kind": "library", "example": false})
	terraform.report(resource, ["other"], "x", "error").severity == "note" with data.inventory as _roots({"kind": "deployment", "example": true})
	terraform.profiled({"profile": "staging"}, "error") == "warning"
}

test_names_the_call_only_if_that_passes_the_value if {
	passed := {"path": ["days"], "kind": "call", "name": "var.days", "ref": "argument", "call": "a"}
	resource := _resource({"calls": ["a"], "configuration": "module.a.aws_db_instance.main", "origins": [passed]})
	root := _roots({"kind": "deployment", "example": false})

	mine := terraform.report(resource, ["other"], "fails", "error") with data.inventory as root
	theirs := terraform.report(resource, ["days"], "fails", "error") with data.inventory as root

	mine.msg == "aws_db_instance.main fails"
	mine.related == []
	mine.key == "other"
	theirs.msg == "module.a.aws_db_instance.main fails"
	[entry.ref | some entry in theirs.related] == ["argument"]
	theirs.key == "days of module.a.aws_db_instance.main"
}

test_related_leads_from_the_root_inward if {
	resource := _resource({
		"calls": ["a", "b"],
		"origins": [
			{"path": ["days"], "kind": "call", "name": "var.days", "ref": "argument", "call": "b"},
			{"path": ["days"], "kind": "default", "name": "var.days", "ref": "default", "call": ""},
		],
	})

	[entry.ref | some entry in terraform.related(resource, ["days"])] == ["a", "argument", "default"]
}

_policy(overrides) := _resource(object.union({"kind": "policy", "address": "policy.p"}, overrides))

_inventory(policy, root) := {"terraform": {"by_target": by_target([policy]), "roots": {"live": root}}}

_complete := {"kind": "deployment", "incomplete": false, "unresolved_modules": []}

_companion(policy, root) := answer if {
	answer := terraform.companion(_resource({"config": {"name": "orders"}}), "policy", ["target"], ["name"]) with data.inventory as _inventory(policy, root)
}

test_companions_join_by_reference_or_known_name if {
	referring := _policy({"unknown": [["target"]], "references": [{"path": ["target"], "to": ["aws_db_instance.main"], "attribute": "id"}]})

	_companion(referring, _complete) == "pass"
	_companion(_policy({"config": {"target": "orders"}}), _complete) == "pass"
	_companion(_policy({"config": {"target": "users"}}), _complete) == "fail"
	_companion(object.union(referring, {"target": "staging"}), _complete) == "fail"
}

test_absence_of_a_companion_must_be_provable if {
	other := _policy({"config": {"target": "users"}})
	module := {"target": "", "references": ["aws_db_instance.main"]}

	_companion(_policy({"unknown": [["target"]]}), _complete) == "undetermined"
	_companion(other, object.union(_complete, {"incomplete": true})) == "undetermined"
	_companion(other, object.union(_complete, {"unresolved_modules": [module]})) == "undetermined"
	_companion(other, object.union(_complete, {"unresolved_modules": [{"target": "", "references": ["aws_vpc.main"]}]})) == "fail"
}

test_durations_in_days if {
	every text, days in {"P30D": 30, "P1M": 30, "P1Y": 365, "P2W": 14, "PT720H": 30, "2592000s": 30, "720h0m0s": 30, "72h": 3} {
		terraform.days(text) == days
	}
	not terraform.days("a month")
}
