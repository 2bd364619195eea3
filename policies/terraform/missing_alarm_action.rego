# METADATA
# title: Alarm that alerts nobody
# description: |
#   An alarm without an action changes colour in a console that nobody has open. The incident is then noticed by the
#   customers.
#
#   What counts: CloudWatch alarms without `alarm_actions`, alert policies without `notification_channels`, Azure
#   alerts without an action group, action groups without a receiver, and all of these when they are switched off.
#   Actions for the return to normal do not count.
#
#   Not asked of: alarms that only feed a composite alarm, a deployment, an autoscaling policy or a health check, and
#   alarms whose changes of state an EventBridge rule passes on.
# custom:
#   id: terraform/missing-alarm-action
#   severity: error
#   clauses: [OPS-1.4, OPS-INC.5]
#   scope: workspace
#   kinds:
#     - aws_cloudwatch_metric_alarm
#     - aws_cloudwatch_composite_alarm
#     - google_monitoring_alert_policy
#     - azurerm_monitor_metric_alert
#     - azurerm_monitor_scheduled_query_rules_alert_v2
#     - azurerm_monitor_activity_log_alert
#     - azurerm_monitor_action_group
#   remedy: send the alarm to the topic, channel or action group of whoever is on call
package opslint.rules.terraform.missing_alarm_action

import data.opslint.lib.terraform

subject contains [] if {
	_enabled
	_exempt != "pass"
}

deny contains finding if {
	_enabled == "fail"
	_exempt == "fail"

	message := sprintf("alerts nobody (%s)", [terraform.written(input, _switch)])
	finding := terraform.report(input, _switch, message, "error")
}

# Both faults in one alarm are one finding, at the switch.
deny contains finding if {
	_enabled == "pass"
	_answered == "fail"
	_exempt == "fail"

	finding := terraform.report(input, _path, sprintf("alerts nobody (%s)", [_why]), "error")
}

undetermined contains terraform.open_question(_path, "whom it alerts is not known before an apply") if {
	_enabled != "fail"
	_exempt != "pass"
	"undetermined" in {_enabled, _answered, _exempt}
	terraform.all_of({_enabled, _answered}) != "pass"
}

_switch := ["actions_enabled"] if {
	startswith(input.kind, "aws_")
} else := ["enabled"]

_enabled := terraform.is_true(input, _switch, true) if input.mode == "managed"

# Lists of whom to alert.
_lists := {
	"aws_cloudwatch_metric_alarm": ["alarm_actions"],
	"aws_cloudwatch_composite_alarm": ["alarm_actions"],
	"google_monitoring_alert_policy": ["notification_channels"],
	"azurerm_monitor_scheduled_query_rules_alert_v2": ["action", 0, "action_groups"],
}

_blocks := {"azurerm_monitor_metric_alert", "azurerm_monitor_activity_log_alert"}

_path := _lists[input.kind]

_path := ["action"] if input.kind in _blocks

_path := [] if input.kind == "azurerm_monitor_action_group"

_answered := terraform.judge(lengths, {n | some n in lengths; n > 0}) if lengths := terraform.length(input, _lists[input.kind])

_answered := terraform.has_block(input, ["action"]) if input.kind in _blocks

_answered := terraform.any_of({terraform.has_block(input, [name]) | some name in _receivers}) if {
	input.kind == "azurerm_monitor_action_group"
}

_receivers := {
	"arm_role_receiver", "automation_runbook_receiver", "azure_app_push_receiver", "azure_function_receiver",
	"email_receiver", "event_hub_receiver", "itsm_receiver", "logic_app_receiver", "sms_receiver", "voice_receiver",
	"webhook_receiver",
}

_why := "it has no receiver" if {
	input.kind == "azurerm_monitor_action_group"
} else := sprintf("%s is empty", [terraform.dotted(_path)]) if {
	terraform.state(input, _path) == "known"
} else := sprintf("it has no %s", [terraform.dotted(_path)]) if {
	input.kind in _blocks
} else := terraform.written(input, _path)

_exempt := terraform.any_of({_used, _passed_on, _perhaps_used})

# What looks at alarms, and in which argument.
_users := {
	"aws_cloudwatch_composite_alarm": [["alarm_rule"]],
	"aws_ecs_service": [["alarms"]],
	"aws_codedeploy_deployment_group": [["alarm_configuration"]],
	"aws_autoscaling_group": [["instance_refresh"]],
	"aws_route53_health_check": [["cloudwatch_alarm_name"]],
	"aws_appconfig_environment": [["monitor"]],
	"aws_sagemaker_endpoint": [["deployment_config"]],
	"aws_cloudwatch_event_rule": [["event_pattern"]],
}

_used := "pass" if {
	some kind, paths in _users
	some other in terraform.companions(input, kind)
	some path in paths
	_names_it(other, path)
} else := "fail"

_names_it(other, path) if terraform.refers(other, path, input)

_names_it(other, ["alarm_rule"]) if {
	terraform.state(other, ["alarm_rule"]) == "known"
	contains(other.config.alarm_rule, sprintf("%q", [input.config.alarm_name]))
}

_names_it(other, ["alarm_rule"]) if {
	terraform.state(other, ["alarm_rule"]) == "known"
	contains(other.config.alarm_rule, sprintf("(%s)", [input.config.alarm_name]))
}

_names_it(other, ["cloudwatch_alarm_name"]) if other.config.cloudwatch_alarm_name == input.config.alarm_name

_names_it(other, [block]) if {
	some entry in other.config[block]
	some name in array.concat(object.get(entry, "alarm_names", []), object.get(entry, "alarms", []))
	name == input.config.alarm_name
}

# A rule of EventBridge may be about all alarms, or about some by name.
_passed_on := terraform.any_of({answer |
	startswith(input.kind, "aws_")
	some rule in terraform.companions(input, "aws_cloudwatch_event_rule")
	contains(rule.config.event_pattern, "CloudWatch Alarm State Change")
	answer := _meant(rule.config.event_pattern)
})

_meant(pattern) := "pass" if {
	not contains(pattern, `"alarmName"`)
} else := "undetermined" if {
	terraform.state(input, ["alarm_name"]) != "known"
} else := "pass" if {
	contains(pattern, sprintf("%q", [input.config.alarm_name]))
} else := "undetermined" if {
	regex.match(`"(prefix|suffix|wildcard|anything-but)"`, pattern)
} else := "fail"

# What is not seen may use any alarm.
_perhaps_used := "undetermined" if {
	startswith(input.kind, "aws_")
	some kind, argument in {"aws_cloudwatch_composite_alarm": "alarm_rule", "aws_cloudwatch_event_rule": "event_pattern"}
	terraform.companion_open(input, kind, [argument])
} else := "fail"
