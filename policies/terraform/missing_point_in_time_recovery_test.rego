package opslint.rules.terraform.missing_point_in_time_recovery_test

import data.opslint.lib.terraform_test
import data.opslint.rules.terraform.missing_point_in_time_recovery as rule

_resource(kind, config, overrides) := object.union(
	{
		"kind": kind, "name": "main", "address": sprintf("%s.main", [kind]), "configuration": sprintf("%s.main", [kind]),
		"mode": "managed", "root": "live", "target": "", "profile": "production", "instances": "known", "config": config,
		"unknown": [], "candidates": [], "sensitive": [], "references": [], "origins": [], "calls": [], "meta": {},
	},
	overrides,
)

_config := {"terraform": {"missing_point_in_time_recovery": {}}}

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

_sql(version, backup) := _resource("google_sql_database_instance", {"database_version": version, "settings": [{"backup_configuration": [backup]}]}, {})

_sql_path(name) := ["config", "settings", 0, "backup_configuration", 0, name]

test_reports_what_cannot_go_back if {
	_reported(_resource("aws_dynamodb_table", {}, {}), []) == {["config", "point_in_time_recovery", 0, "enabled"]}
	_reported(_resource("aws_dynamodb_table", {"point_in_time_recovery": [{"enabled": false}]}, {}), []) == {["config", "point_in_time_recovery", 0, "enabled"]}
	_reported(_resource("aws_dynamodb_table_replica", {}, {}), []) == {["config", "point_in_time_recovery"]}
	_reported(_resource("aws_dynamodb_table", {"point_in_time_recovery": [{"enabled": true}], "replica": [{"region_name": "eu-west-1"}]}, {}), []) == {["config", "replica", 0, "point_in_time_recovery"]}
	_reported(_sql("POSTGRES_15", {"enabled": true}), []) == {_sql_path("point_in_time_recovery_enabled")}
	_reported(_sql("MYSQL_8_0", {"enabled": true, "point_in_time_recovery_enabled": true}), []) == {_sql_path("binary_log_enabled")}
	_reported(_resource("google_alloydb_cluster", {"continuous_backup_config": [{"enabled": false}]}, {}), []) == {["config", "continuous_backup_config", 0, "enabled"]}
	_reported(_resource("azurerm_cosmosdb_account", {}, {}), []) == {["config", "backup", 0, "interval_in_minutes"]}
}

test_accepts_what_can if {
	every resource in [
		_resource("aws_dynamodb_table", {"point_in_time_recovery": [{"enabled": true}]}, {}),
		_sql("POSTGRES_15", {"enabled": true, "point_in_time_recovery_enabled": true}),
		_sql("POSTGRES_16", {"enabled": true}),
		_sql("MYSQL_8_0", {"enabled": true, "binary_log_enabled": true}),
		_resource("google_alloydb_cluster", {}, {}),
		_resource("azurerm_cosmosdb_account", {"backup": [{"type": "Continuous"}]}, {}),
		_resource("azurerm_cosmosdb_account", {"backup": [{"type": "Periodic", "interval_in_minutes": 60}]}, {}),
	] {
		_reported(resource, []) == set()
		_open(resource, []) == set()
		_subjects(resource) == {[]}
	}
}

test_accepts_what_is_not_asked if {
	every resource in [
		_resource("aws_dynamodb_table", {"hash_key": "LockID"}, {}),
		_resource("aws_dynamodb_table", {}, {"profile": "development"}),
		_sql("POSTGRES_15", {"enabled": false}),
		_resource("google_sql_database_instance", {"database_version": "POSTGRES_15", "master_instance_name": "main", "settings": [{"backup_configuration": [{"enabled": true}]}]}, {}),
		_resource("google_firestore_database", {}, {}),
	] {
		_reported(resource, []) == set()
		_subjects(resource) == set()
	}
}

test_ignores_unknown_values if {
	every resource in [
		_resource("aws_dynamodb_table", {}, {"unknown": [["point_in_time_recovery"]]}),
		_resource("aws_dynamodb_table", {"restore_source_name": "orders"}, {}),
		_resource("google_sql_database_instance", {"settings": [{"backup_configuration": [{"enabled": true}]}]}, {"unknown": [["database_version"]]}),
	] {
		_reported(resource, []) == set()
		count(_open(resource, [])) == 1
	}
}

_plan(entry) := _resource("aws_backup_plan", {"rule": [entry]}, {})

test_accepts_tables_that_a_continuous_plan_covers if {
	table := _resource("aws_dynamodb_table", {}, {})
	selection := _resource("aws_backup_selection", {"resources": ["*"]}, {})

	_reported(table, [selection, _plan({"enable_continuous_backup": true})]) == set()
	_reported(table, [selection, _plan({"schedule": "cron(0 * * * ? *)"})]) == set()
	count(_reported(table, [selection, _plan({"schedule": "cron(0 5 * * ? *)"})])) == 1
}

test_reports_firestore_with_a_schedule_only if {
	database := _resource("google_firestore_database", {"name": "orders"}, {})
	schedule := _resource("google_firestore_backup_schedule", {"database": "orders"}, {})

	_reported(database, [schedule]) == {["config", "point_in_time_recovery_enablement"]}
}
