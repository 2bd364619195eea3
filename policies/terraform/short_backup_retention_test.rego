package opslint.rules.terraform.short_backup_retention_test

import data.opslint.lib.terraform_test
import data.opslint.rules.terraform.short_backup_retention as rule

_resource(kind, config, overrides) := object.union(
	{
		"kind": kind, "name": "main", "address": sprintf("%s.main", [kind]), "configuration": sprintf("%s.main", [kind]),
		"mode": "managed", "root": "live", "target": "", "profile": "production", "instances": "known", "config": config,
		"unknown": [], "candidates": [], "sensitive": [], "references": [], "origins": [], "calls": [], "meta": {},
	},
	overrides,
)

_config := {"terraform": {"short_backup_retention": {"days": 30}}}

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

_path(resource) := [path | some path in _reported(resource, [])][0]

test_reports_figures_below_the_standard if {
	every resource, path in {
		_resource("aws_db_instance", {"backup_retention_period": 7}, {}): ["backup_retention_period"],
		_resource("aws_rds_cluster", {}, {}): ["backup_retention_period"],
		_resource("aws_rds_cluster", {"backup_retention_period": 0}, {}): ["backup_retention_period"],
		_resource("aws_redshift_cluster", {}, {}): ["automated_snapshot_retention_period"],
		_resource("aws_fsx_windows_file_system", {}, {}): ["automatic_backup_retention_days"],
		_resource("azurerm_postgresql_flexible_server", {}, {}): ["backup_retention_days"],
		_resource("azurerm_mssql_database", {}, {}): ["short_term_retention_policy", 0, "retention_days"],
		_resource("azurerm_cosmosdb_account", {}, {}): ["backup", 0, "retention_in_hours"],
		_resource("azurerm_cosmosdb_account", {"backup": [{"type": "Continuous", "tier": "Continuous7Days"}]}, {}): ["backup", 0, "tier"],
		_resource("azurerm_backup_policy_vm", {"retention_daily": [{"count": 7}]}, {}): ["retention_daily", 0, "count"],
		_resource("azurerm_backup_policy_vm", {"backup": [{"frequency": "Weekly"}], "retention_weekly": [{"count": 4}]}, {}): ["retention_weekly", 0, "count"],
		_resource("azurerm_data_protection_backup_policy_disk", {"default_retention_duration": "P7D"}, {}): ["default_retention_duration"],
		_resource("google_sql_database_instance", {"settings": [{"backup_configuration": [{"enabled": true}]}]}, {}): ["settings", 0, "backup_configuration", 0, "backup_retention_settings", 0, "retained_backups"],
		_resource("google_spanner_backup_schedule", {"retention_duration": "604800s"}, {}): ["retention_duration"],
		_resource("google_alloydb_cluster", {}, {}): ["continuous_backup_config", 0, "recovery_window_days"],
		_resource("google_compute_resource_policy", {"snapshot_schedule_policy": [{"retention_policy": [{"max_retention_days": 10}]}]}, {}): ["snapshot_schedule_policy", 0, "retention_policy", 0, "max_retention_days"],
	} {
		_path(resource) == array.concat(["config"], path)
	}
}

test_accepts_thirty_days_and_what_is_kept_for_ever if {
	every resource in [
		_resource("aws_db_instance", {"backup_retention_period": 30}, {}),
		_resource("aws_rds_cluster", {"backup_retention_period": "35"}, {}),
		_resource("aws_dynamodb_table", {"point_in_time_recovery": [{"enabled": true}]}, {}),
		_resource("azurerm_cosmosdb_account", {"backup": [{"type": "Continuous"}]}, {}),
		_resource("azurerm_data_protection_backup_policy_blob_storage", {"operational_default_retention_duration": "P7D", "vault_default_retention_duration": "P30D"}, {}),
		_resource("google_gke_backup_backup_plan", {}, {}),
		_resource("google_compute_resource_policy", {"snapshot_schedule_policy": [{}]}, {}),
		_resource("google_alloydb_cluster", {"automated_backup_policy": [{"time_based_retention": [{"retention_period": "2592000s"}]}]}, {}),
		_resource("google_spanner_backup_schedule", {"retention_duration": "2592000s"}, {}),
	] {
		_reported(resource, []) == set()
		_open(resource, []) == set()
	}
}

test_accepts_what_is_not_asked if {
	every resource in [
		_resource("aws_db_instance", {}, {}),
		_resource("aws_db_instance", {"backup_retention_period": 0}, {}),
		_resource("aws_rds_cluster", {"replication_source_identifier": "arn"}, {}),
		_resource("aws_db_instance", {"backup_retention_period": 7, "replicate_source_db": "orders"}, {}),
		_resource("azurerm_mssql_database", {"create_mode": "Secondary"}, {}),
		_resource("aws_rds_cluster", {}, {"profile": "development"}),
	] {
		_reported(resource, []) == set()
	}
}

test_ignores_unknown_figures if {
	every resource in [
		_resource("aws_db_instance", {}, {"unknown": [["backup_retention_period"]]}),
		_resource("aws_rds_cluster", {"snapshot_identifier": "orders"}, {}),
		_resource("google_spanner_backup_schedule", {"retention_duration": "a while"}, {}),
		_resource("aws_rds_cluster", {}, {"unknown": [["backup_retention_period"]], "candidates": [{"path": ["backup_retention_period"], "values": [30, 7]}]}),
	] {
		_reported(resource, []) == set()
		count(_open(resource, [])) == 1
	}
}

test_reports_when_every_candidate_is_short if {
	resource := _resource("aws_rds_cluster", {}, {"unknown": [["backup_retention_period"]], "candidates": [{"path": ["backup_retention_period"], "values": [14, 7]}]})

	_reported(resource, []) == {["config", "backup_retention_period"]}
}

_plan(rules) := _resource("aws_backup_plan", {"rule": rules}, {})

_daily(days) := {"schedule": "cron(0 5 * * ? *)", "lifecycle": [{"delete_after": days}]}

_weekly(days) := {"schedule": "cron(0 5 ? * SUN *)", "lifecycle": [{"delete_after": days}]}

_hourly(days) := {"schedule": "cron(0 * * * ? *)", "lifecycle": [{"delete_after": days}]}

test_judges_the_daily_rules_of_a_plan if {
	_reported(_plan([_daily(7), _weekly(365)]), []) == {["config", "rule", 0, "lifecycle", 0, "delete_after"]}
	_reported(_plan([_daily(30), _weekly(14), _hourly(2)]), []) == set()
	_reported(_plan([_weekly(14)]), []) == {["config", "rule", 0, "lifecycle", 0, "delete_after"]}
	_reported(_plan([_hourly(2)]), []) == {["config", "rule", 0, "lifecycle", 0, "delete_after"]}
	_reported(_plan([{"schedule": "cron(0 5 * * ? *)"}]), []) == set()
	_reported(_plan([{"lifecycle": [{"delete_after": 7}]}]), []) == {["config", "rule", 0, "lifecycle", 0, "delete_after"]}
}

_policy(retain) := _resource("aws_dlm_lifecycle_policy", {"policy_details": [{"schedule": [{"create_rule": [{"interval": 12}], "retain_rule": [retain]}]}]}, {})

test_multiplies_count_and_interval if {
	_reported(_policy({"count": 14}), []) == {["config", "policy_details", 0, "schedule", 0, "retain_rule", 0, "count"]}
	_reported(_policy({"count": 60}), []) == set()
	_reported(_policy({"interval": 2, "interval_unit": "WEEKS"}), []) == {["config", "policy_details", 0, "schedule", 0, "retain_rule", 0, "interval"]}
	_reported(_policy({"interval": 1, "interval_unit": "MONTHS"}), []) == set()
}

test_is_milder_in_staging if {
	resource := _resource("aws_rds_cluster", {"backup_retention_period": 7}, {"profile": "staging"})
	found := rule.deny with input as resource with data.config as _config with data.inventory as _inventory([])

	{finding.severity | some finding in found} == {"warning"}
}
