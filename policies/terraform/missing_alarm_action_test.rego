package opslint.rules.terraform.missing_alarm_action_test

import data.opslint.lib.terraform_test
import data.opslint.rules.terraform.missing_alarm_action as rule

_resource(kind, config, overrides) := object.union(
	{
		"kind": kind, "name": "main", "address": sprintf("%s.main", [kind]), "configuration": sprintf("%s.main", [kind]),
		"mode": "managed", "root": "live", "target": "", "profile": "production", "instances": "known", "config": config,
		"unknown": [], "candidates": [], "sensitive": [], "references": [], "origins": [], "calls": [], "meta": {},
	},
	overrides,
)

_config := {"terraform": {"missing_alarm_action": {}}}

_inventory(others) := {"terraform": {
	"roots": {"live": {"kind": "deployment", "example": false, "incomplete": false, "unresolved_modules": []}},
	"by_target": terraform_test.by_target(others),
}}

_reported(resource, others) := {finding.path | some finding in found} if {
	found := rule.deny with input as resource with data.config as _config with data.inventory as _inventory(others)
}

_open(resource, others) := {question.path | some question in found} if {
	found := rule.undetermined with input as resource with data.config as _config with data.inventory as _inventory(others)
}

_subjects(resource) := found if {
	found := rule.subject with input as resource with data.config as _config with data.inventory as _inventory([])
}

test_reports_alarms_that_alert_nobody if {
	every resource, path in {
		_resource("aws_cloudwatch_metric_alarm", {"alarm_name": "errors"}, {}): ["alarm_actions"],
		_resource("aws_cloudwatch_metric_alarm", {"alarm_name": "errors", "alarm_actions": [], "ok_actions": ["arn"]}, {}): ["alarm_actions"],
		_resource("aws_cloudwatch_metric_alarm", {"alarm_name": "errors", "alarm_actions": ["arn"], "actions_enabled": false}, {}): ["actions_enabled"],
		_resource("aws_cloudwatch_metric_alarm", {"alarm_name": "errors", "actions_enabled": false}, {}): ["actions_enabled"],
		_resource("aws_cloudwatch_composite_alarm", {"alarm_name": "all", "alarm_rule": "ALARM(x)"}, {}): ["alarm_actions"],
		_resource("google_monitoring_alert_policy", {}, {}): ["notification_channels"],
		_resource("google_monitoring_alert_policy", {"notification_channels": ["c"], "enabled": false}, {}): ["enabled"],
		_resource("azurerm_monitor_metric_alert", {}, {}): ["action"],
		_resource("azurerm_monitor_scheduled_query_rules_alert_v2", {"action": [{"action_groups": []}]}, {}): ["action", 0, "action_groups"],
	} {
		_reported(resource, []) == {array.concat(["config"], path)}
	}
	_reported(_resource("azurerm_monitor_action_group", {}, {}), []) == {["config"]}
}

test_accepts_alarms_with_an_action if {
	every resource in [
		_resource("aws_cloudwatch_metric_alarm", {"alarm_actions": ["aws_sns_topic.pager.arn"]}, {"unknown": [["alarm_actions", 0]]}),
		_resource("google_monitoring_alert_policy", {"notification_channels": ["c"], "enabled": true}, {}),
		_resource("azurerm_monitor_metric_alert", {"action": [{"action_group_id": "x"}]}, {}),
		_resource("azurerm_monitor_action_group", {"email_receiver": [{"email_address": "ops@example.com"}]}, {}),
	] {
		_reported(resource, []) == set()
		_open(resource, []) == set()
		_subjects(resource) == {[]}
	}
}

test_reports_in_development_too if {
	count(_reported(_resource("google_monitoring_alert_policy", {}, {"profile": "development"}), [])) == 1
}

test_ignores_unknown_values if {
	every resource in [
		_resource("aws_cloudwatch_metric_alarm", {}, {"unknown": [["alarm_actions"]]}),
		_resource("aws_cloudwatch_metric_alarm", {"alarm_actions": ["arn"]}, {"unknown": [["actions_enabled"]]}),
		_resource("azurerm_monitor_metric_alert", {}, {"unknown": [["action"]]}),
	] {
		_reported(resource, []) == set()
		count(_open(resource, [])) == 1
	}
}

_composite(config, overrides) := _resource(
	"aws_cloudwatch_composite_alarm", object.union({"alarm_actions": ["arn"]}, config),
	object.union({"address": "aws_cloudwatch_composite_alarm.all"}, overrides),
)

test_accepts_alarms_that_feed_another if {
	alarm := _resource("aws_cloudwatch_metric_alarm", {"alarm_name": "errors"}, {})
	every composite in [
		_composite({}, {"unknown": [["alarm_rule"]], "references": [{"path": ["alarm_rule"], "to": ["aws_cloudwatch_metric_alarm.main"], "attribute": "alarm_name"}]}),
		_composite({"alarm_rule": `ALARM("errors") OR ALARM("latency")`}, {}),
		_composite({"alarm_rule": "ALARM(errors)"}, {}),
		_resource("aws_ecs_service", {"alarms": [{"alarm_names": ["errors"]}]}, {}),
	] {
		_reported(alarm, [composite]) == set()
	}
	count(_reported(alarm, [_composite({"alarm_rule": "ALARM(latency)"}, {})])) == 1
	count(_open(alarm, [_composite({}, {"unknown": [["alarm_rule"]]})])) == 1
}

_event_rule(pattern, overrides) := _resource("aws_cloudwatch_event_rule", pattern, overrides)

_changes(detail) := {"event_pattern": json.marshal({
	"source": ["aws.cloudwatch"],
	"detail-type": ["CloudWatch Alarm State Change"],
	"detail": detail,
})}

test_accepts_alarms_that_an_event_rule_passes_on if {
	alarm := _resource("aws_cloudwatch_metric_alarm", {"alarm_name": "errors", "actions_enabled": false}, {})
	reference := {"path": ["event_pattern"], "to": ["aws_cloudwatch_metric_alarm.main"], "attribute": "alarm_name"}
	every rule in [
		_event_rule(_changes({}), {}),
		_event_rule(_changes({"state": {"value": ["ALARM"]}}), {}),
		_event_rule(_changes({"alarmName": ["latency", "errors"]}), {}),
		_event_rule({}, {"unknown": [["event_pattern"]], "references": [reference]}),
	] {
		_reported(alarm, [rule]) == set()
		_open(alarm, [rule]) == set()
	}
}

test_reports_alarms_that_event_rules_are_not_about if {
	alarm := _resource("aws_cloudwatch_metric_alarm", {"alarm_name": "errors"}, {})
	reference := {"path": ["event_pattern"], "to": ["aws_cloudwatch_metric_alarm.other"], "attribute": "alarm_name"}

	count(_reported(alarm, [_event_rule(_changes({"alarmName": ["latency"]}), {})])) == 1
	count(_reported(alarm, [_event_rule({"event_pattern": `{"source": ["aws.codepipeline"]}`}, {})])) == 1
	count(_reported(alarm, [_event_rule({"schedule_expression": "rate(1 day)"}, {})])) == 1
	count(_reported(alarm, [_event_rule({}, {"unknown": [["event_pattern"]], "references": [reference]})])) == 1
	count(_reported(_resource("google_monitoring_alert_policy", {}, {}), [_event_rule(_changes({}), {})])) == 1
}

test_ignores_unknown_event_rules if {
	alarm := _resource("aws_cloudwatch_metric_alarm", {"alarm_name": "errors"}, {})
	nameless := _resource("aws_cloudwatch_metric_alarm", {}, {"unknown": [["alarm_name"]]})

	count(_open(alarm, [_event_rule({}, {"unknown": [["event_pattern"]]})])) == 1
	count(_open(alarm, [_event_rule(_changes({"alarmName": [{"prefix": "err"}]}), {})])) == 1
	count(_open(nameless, [_event_rule(_changes({"alarmName": ["errors"]}), {})])) == 1
}
