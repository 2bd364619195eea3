package opslint.rules.terraform.missing_backup_test

import data.opslint.lib.terraform_test
import data.opslint.rules.terraform.missing_backup as rule

_resource(kind, config, overrides) := object.union(
	{
		"kind": kind, "name": "main", "address": sprintf("%s.main", [kind]), "configuration": sprintf("%s.main", [kind]),
		"mode": "managed", "root": "live", "target": "", "profile": "production", "instances": "known", "config": config,
		"unknown": [], "candidates": [], "sensitive": [], "references": [], "origins": [], "calls": [], "meta": {},
	},
	overrides,
)

_config := {"terraform": {"missing_backup": {}}}

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

test_reports_backups_that_are_off if {
	_reported(_resource("aws_db_instance", {}, {}), []) == {["config", "backup_retention_period"]}
	_reported(_resource("aws_db_instance", {"backup_retention_period": 0}, {}), []) == {["config", "backup_retention_period"]}
	_reported(_resource("aws_memorydb_cluster", {}, {}), []) == {["config", "snapshot_retention_limit"]}
	_reported(_resource("aws_redshift_cluster", {"automated_snapshot_retention_period": 0}, {}), []) == {["config", "automated_snapshot_retention_period"]}
	_reported(_resource("aws_fsx_windows_file_system", {"automatic_backup_retention_days": 0}, {}), []) == {["config", "automatic_backup_retention_days"]}
	_reported(_resource("aws_dlm_lifecycle_policy", {"state": "DISABLED"}, {}), []) == {["config", "state"]}
	_reported(_resource("google_bigtable_table", {}, {}), []) == {["config", "automated_backup_policy"]}
	_reported(_resource("google_sql_database_instance", {"settings": [{"tier": "db-f1-micro"}]}, {}), []) == {["config", "settings", 0, "backup_configuration", 0, "enabled"]}
	_reported(_resource("google_alloydb_cluster", {"continuous_backup_config": [{"enabled": false}]}, {}), []) == {["config", "continuous_backup_config", 0, "enabled"]}
}

test_accepts_backups_that_are_on if {
	every resource in [
		_resource("aws_db_instance", {"backup_retention_period": 1}, {}),
		_resource("aws_db_instance", {"backup_retention_period": "7"}, {}),
		_resource("aws_redshift_cluster", {}, {}),
		_resource("aws_fsx_windows_file_system", {}, {}),
		_resource("aws_dlm_lifecycle_policy", {}, {}),
		_resource("google_alloydb_cluster", {}, {}),
		_resource("google_bigtable_table", {"automated_backup_policy": [{"frequency": "24h"}]}, {}),
		_resource("google_firestore_database", {"point_in_time_recovery_enablement": "POINT_IN_TIME_RECOVERY_ENABLED"}, {}),
	] {
		_reported(resource, []) == set()
		_open(resource, []) == set()
		_subjects(resource) == {[]}
	}
}

test_accepts_what_is_not_asked if {
	every resource in [
		_resource("aws_db_instance", {}, {"unknown": [["replicate_source_db"]]}),
		_resource("aws_db_instance", {"engine": "aurora-mysql"}, {}),
		_resource("aws_fsx_lustre_file_system", {}, {}),
		_resource("aws_db_instance", {}, {"profile": "development"}),
		_resource("google_sql_database_instance", {"master_instance_name": "orders"}, {}),
	] {
		_reported(resource, []) == set()
		_subjects(resource) == set()
	}
}

test_ignores_unknown_values if {
	every resource in [
		_resource("aws_db_instance", {}, {"unknown": [["backup_retention_period"]]}),
		_resource("aws_db_instance", {"snapshot_identifier": "orders-2026"}, {}),
		_resource("aws_db_instance", {}, {"unknown": [["engine"]]}),
		_resource("google_sql_database_instance", {}, {"unknown": [["settings"]]}),
		_resource(
			"aws_db_instance", {},
			{"unknown": [["backup_retention_period"]], "candidates": [{"path": ["backup_retention_period"], "values": [30, 0]}]},
		),
	] {
		_reported(resource, []) == set()
		count(_open(resource, [])) == 1
	}
}

test_reports_when_every_candidate_fails if {
	resource := _resource(
		"aws_db_instance", {},
		{"unknown": [["backup_retention_period"]], "candidates": [{"path": ["backup_retention_period"], "values": [0, null]}]},
	)

	_reported(resource, []) == {["config", "backup_retention_period"]}
}

_selection(config, overrides) := _resource("aws_backup_selection", config, overrides)

test_accepts_what_a_selection_covers if {
	resource := _resource("aws_db_instance", {"tags": {"backup": "daily"}}, {})
	every selection in [
		_selection({"resources": ["aws_db_instance.main.arn"]}, {
			"unknown": [["resources", 0]],
			"references": [{"path": ["resources", 0], "to": ["aws_db_instance.main"], "attribute": "arn"}],
		}),
		_selection({"resources": ["*"]}, {}),
		_selection({"resources": ["arn:aws:rds:*:*:db:*"]}, {}),
		_selection({"selection_tag": [{"type": "STRINGEQUALS", "key": "backup", "value": "daily"}]}, {}),
	] {
		_reported(resource, [selection]) == set()
		_open(resource, [selection]) == set()
	}
	count(_reported(resource, [_selection({"selection_tag": [{"key": "backup", "value": "weekly"}]}, {})])) == 1
	count(_reported(resource, [_selection({"resources": ["arn:aws:dynamodb:*:*:table/*"]}, {})])) == 1
	count(_open(resource, [_selection({}, {"unknown": [["resources"]]})])) == 1
}

_policy(status) := _resource(
	"aws_efs_backup_policy", {"backup_policy": [{"status": status}]},
	{"unknown": [["file_system_id"]], "references": [{"path": ["file_system_id"], "to": ["aws_efs_file_system.main"], "attribute": "id"}]},
)

test_reports_file_systems_without_a_policy if {
	system := _resource("aws_efs_file_system", {}, {})

	_reported(system, []) == {["config"]}
	_reported(system, [_policy("ENABLED")]) == set()
	_reported(_policy("DISABLED"), [system]) == {["config", "backup_policy", 0, "status"]}
	_reported(_policy("ENABLED"), [system]) == set()
}

test_accepts_file_systems_of_one_zone if {
	system := _resource("aws_efs_file_system", {"availability_zone_name": "eu-west-2a"}, {})

	_reported(system, []) == set()
	_reported(_policy("DISABLED"), [system]) == {["config", "backup_policy", 0, "status"]}
}

test_ignores_what_may_be_selected_by_tag_elsewhere if {
	every key, value in {"backup": "true", "Backup": "daily", "aws-backup": true, "BackupPlan": "gold"} {
		resource := _resource("aws_efs_file_system", {"tags": {key: value}}, {})
		_reported(resource, []) == set()
		count(_open(resource, [])) == 1
	}
	every key, value in {"backup": "false", "Name": "backup", "backupless": "true"} {
		count(_reported(_resource("aws_efs_file_system", {"tags": {key: value}}, {}), [])) == 1
	}
	system := _resource("aws_efs_file_system", {"tags": {"backup": "true"}}, {})
	count(_open(_policy("DISABLED"), [system])) == 1
}
