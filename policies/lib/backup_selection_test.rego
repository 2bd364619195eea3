package opslint.lib.backup_selection_test

import data.opslint.lib.backup_selection
import data.opslint.lib.terraform_test

_resource(overrides) := object.union(
	{
		"kind": "aws_db_instance", "name": "main", "address": "aws_db_instance.main", "mode": "managed",
		"root": "live", "target": "", "instances": "known", "provider": {},
		"config": {}, "unknown": [], "candidates": [], "references": [],
	},
	overrides,
)

_selection(overrides) := _resource(object.union({"kind": "aws_backup_selection", "address": "aws_backup_selection.all", "name": "all"}, overrides))

_selected(resource, selections) := answer if {
	answer := backup_selection.selected(resource) with data.inventory as {"terraform": {
		"by_target": terraform_test.by_target(selections),
		"roots": {"live": {}},
	}}
}

_refers(path) := {"path": path, "to": ["aws_db_instance.main"], "attribute": "arn"}

test_accepts_a_reference if {
	selection := _selection({
		"config": {"resources": ["aws_db_instance.main.arn"]}, "unknown": [["resources", 0]],
		"references": [_refers(["resources", 0])],
	})

	_selected(_resource({}), [selection]) == "pass"
	_selected(_resource({}), [object.union(selection, {"root": "other"})]) == "fail"
	_selected(_resource({}), [object.union(selection, {"target": "staging"})]) == "fail"
}

test_reports_a_reference_to_another if {
	selection := _selection({
		"config": {"resources": ["aws_db_instance.other.arn"]}, "unknown": [["resources", 0]],
		"references": [{"path": ["resources", 0], "to": ["aws_db_instance.other"], "attribute": "arn"}],
	})

	_selected(_resource({}), [selection]) == "fail"
}

test_reports_without_a_selection if {
	_selected(_resource({}), []) == "fail"
}

test_matches_patterns_of_arns if {
	every pattern, answer in {
		"*": "pass",
		"arn:aws:rds:*:*:db:*": "pass",
		"arn:aws-cn:rds:cn-north-1:123456789012:db:*": "pass",
		"arn:*:*:*:*:*": "pass",
		"arn:aws:rds:*:*:cluster:*": "fail",
		"arn:aws:dynamodb:*:*:table/*": "fail",
		"arn:aws:rds:eu-west-2:123456789012:db:orders": "fail",
	} {
		_selected(_resource({}), [_selection({"config": {"resources": [pattern]}})]) == answer
	}
	named := _resource({"config": {"identifier": "orders"}})
	_selected(named, [_selection({"config": {"resources": ["arn:aws:rds:*:*:db:ord*"]}})]) == "pass"
	_selected(named, [_selection({"config": {"resources": ["arn:aws:rds:*:*:db:users"]}})]) == "fail"
	table := _resource({"kind": "aws_dynamodb_table"})
	_selected(table, [_selection({"config": {"resources": ["arn:aws:dynamodb:*:*:table/*"]}})]) == "pass"
}

test_reports_what_is_left_out if {
	named := _selection({"config": {"resources": ["*"]}, "unknown": [["not_resources", 0]], "references": [_refers(["not_resources", 0])]})
	pattern := _selection({"config": {"resources": ["*"], "not_resources": ["arn:aws:rds:*:*:db:*"]}})

	_selected(_resource({}), [named]) == "fail"
	_selected(_resource({}), [pattern]) == "fail"
	_selected(_resource({}), [pattern, _selection({"config": {"resources": ["*"]}})]) == "pass"
}

_tag(value) := {"type": "STRINGEQUALS", "key": "backup", "value": value}

test_matches_tags if {
	tagged := _resource({"config": {"tags": {"backup": "daily"}}})

	_selected(tagged, [_selection({"config": {"selection_tag": [_tag("daily")]}})]) == "pass"
	_selected(tagged, [_selection({"config": {"selection_tag": [_tag("weekly"), _tag("daily")]}})]) == "pass"
	_selected(tagged, [_selection({"config": {"selection_tag": [_tag("weekly")]}})]) == "fail"
	_selected(_resource({}), [_selection({"config": {"selection_tag": [_tag("daily")]}})]) == "fail"
	_selected(
		_resource({"provider": {"tags": {"backup": "daily"}}}),
		[_selection({"config": {"selection_tag": [_tag("daily")]}})],
	) == "pass"
}

_condition(value) := {"string_equals": [{"key": "aws:ResourceTag/backup", "value": value}]}

test_conditions_narrow_what_is_named if {
	tagged := _resource({"config": {"tags": {"backup": "daily"}}})
	all := ["*"]

	_selected(tagged, [_selection({"config": {"condition": [_condition("daily")]}})]) == "pass"
	_selected(tagged, [_selection({"config": {"resources": all, "condition": [_condition("daily")]}})]) == "pass"
	_selected(tagged, [_selection({"config": {"resources": all, "condition": [_condition("weekly")]}})]) == "fail"
	_selected(_resource({}), [_selection({"config": {"resources": all, "condition": [_condition("daily")]}})]) == "fail"
	_selected(tagged, [_selection({"config": {
		"resources": all,
		"condition": [{"string_like": [{"key": "aws:ResourceTag/backup", "value": "d*"}]}],
	}})]) == "undetermined"
}

test_ignores_unknown_selections_and_tags if {
	tagged := _resource({"config": {"tags": {"backup": "daily"}}})

	_selected(_resource({}), [_selection({"unknown": [["resources"]]})]) == "undetermined"
	_selected(_resource({}), [_selection({"config": {"resources": ["var.arn"]}, "unknown": [["resources", 0]]})]) == "undetermined"
	_selected(_resource({}), [_selection({"unknown": [["selection_tag"]]})]) == "undetermined"
	_selected(tagged, [_selection({
		"config": {"selection_tag": [{"type": "STRINGEQUALS", "key": "backup"}]},
		"unknown": [["selection_tag", 0, "value"]],
	})]) == "undetermined"
	_selected(_resource({"unknown": [["tags"]]}), [_selection({"config": {"selection_tag": [_tag("daily")]}})]) == "undetermined"
	_selected(_resource({"unknown": [["tags"]]}), [_selection({"config": {"resources": ["*"], "condition": [_condition("daily")]}})]) == "undetermined"
}
