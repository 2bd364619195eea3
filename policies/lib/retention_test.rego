package opslint.lib.retention_test

import data.opslint.lib.retention

_resource(kind, config, overrides) := object.union(
	{"kind": kind, "name": "main", "config": config, "unknown": [], "candidates": [], "references": []},
	overrides,
)

_figures(kind, config) := _open(kind, config, [])

_open(kind, config, paths) := {[figure.path, figure.days] | some figure in found} if {
	found := retention.figures with input as _resource(kind, config, {"unknown": paths})
}

test_reads_days[name] if {
	some name, [kind, config, path, days] in {
		"RDS": ["aws_db_instance", {"backup_retention_period": 7}, ["backup_retention_period"], 7],
		"RDS, text": ["aws_db_instance", {"backup_retention_period": "7"}, ["backup_retention_period"], 7],
		"Aurora, absent": ["aws_rds_cluster", {}, ["backup_retention_period"], 1],
		"Redshift, absent": ["aws_redshift_cluster", {}, ["automated_snapshot_retention_period"], 1],
		"FSx, absent": ["aws_fsx_windows_file_system", {}, ["automatic_backup_retention_days"], 7],
		"flexible server, absent": ["azurerm_postgresql_flexible_server", {}, ["backup_retention_days"], 7],
		"SQL database, no block": ["azurerm_mssql_database", {}, ["short_term_retention_policy", 0, "retention_days"], 7],
		"GKE": ["google_gke_backup_backup_plan", {"retention_policy": [{"backup_retain_days": 7}]}, ["retention_policy", 0, "backup_retain_days"], 7],
		"Spanner": ["google_spanner_backup_schedule", {"retention_duration": "604800s"}, ["retention_duration"], 7],
		"Bigtable": ["google_bigtable_table", {"automated_backup_policy": [{"retention_period": "72h"}]}, ["automated_backup_policy", 0, "retention_period"], 3],
		"DynamoDB": [
			"aws_dynamodb_table", {"point_in_time_recovery": [{"enabled": true, "recovery_period_in_days": 5}]},
			["point_in_time_recovery", 0, "recovery_period_in_days"], 5,
		],
		"DynamoDB, absent": ["aws_dynamodb_table", {"point_in_time_recovery": [{"enabled": true}]}, ["point_in_time_recovery", 0, "recovery_period_in_days"], 35],
		"Cloud SQL, absent": [
			"google_sql_database_instance", {"settings": [{"backup_configuration": [{"enabled": true}]}]},
			["settings", 0, "backup_configuration", 0, "backup_retention_settings", 0, "retained_backups"], 7,
		],
		"disk": [
			"google_compute_resource_policy", {"snapshot_schedule_policy": [{"retention_policy": [{"max_retention_days": 10}]}]},
			["snapshot_schedule_policy", 0, "retention_policy", 0, "max_retention_days"], 10,
		],
		"AlloyDB, absent": ["google_alloydb_cluster", {}, ["continuous_backup_config", 0, "recovery_window_days"], 14],
		"Cosmos DB, absent": ["azurerm_cosmosdb_account", {}, ["backup", 0, "retention_in_hours"], 8 / 24],
		"Cosmos DB, continuous": ["azurerm_cosmosdb_account", {"backup": [{"type": "Continuous", "tier": "Continuous7Days"}]}, ["backup", 0, "tier"], 7],
		"vault, daily": ["azurerm_backup_policy_vm", {"retention_daily": [{"count": 10}]}, ["retention_daily", 0, "count"], 10],
		"vault, weekly": [
			"azurerm_backup_policy_vm", {"backup": [{"frequency": "Weekly"}], "retention_weekly": [{"count": 2}]},
			["retention_weekly", 0, "count"], 14,
		],
		"data vault": [
			"azurerm_data_protection_backup_policy_blob_storage",
			{"operational_default_retention_duration": "P7D", "vault_default_retention_duration": "P14D"},
			["vault_default_retention_duration"], 14,
		],
		"lifecycle policy, count": [
			"aws_dlm_lifecycle_policy", {"policy_details": [{"schedule": [{"create_rule": [{"interval": 12}], "retain_rule": [{"count": 14}]}]}]},
			["policy_details", 0, "schedule", 0, "retain_rule", 0, "count"], 7,
		],
		"lifecycle policy, interval": [
			"aws_dlm_lifecycle_policy", {"policy_details": [{"schedule": [{"retain_rule": [{"interval": 2, "interval_unit": "WEEKS"}]}]}]},
			["policy_details", 0, "schedule", 0, "retain_rule", 0, "interval"], 14,
		],
	}
	_figures(kind, config) == {[path, {days}]}
}

test_leaves_backups_that_are_off_to_another_rule if {
	every kind in ["aws_db_instance", "aws_memorydb_cluster", "aws_fsx_lustre_file_system", "aws_dynamodb_table", "google_sql_database_instance", "google_bigtable_table"] {
		_figures(kind, {}) == set()
	}
	_figures("aws_redshift_cluster", {"automated_snapshot_retention_period": 0}) == set()
}

test_for_ever_is_long_enough if {
	_figures("google_gke_backup_backup_plan", {}) == set()
	_figures("google_compute_resource_policy", {"snapshot_schedule_policy": [{}]}) == set()
	_figures("aws_backup_plan", {"rule": [{"lifecycle": [{}]}]}) == set()
	_figures("azurerm_backup_policy_vm", {}) == set()
}

test_ignores_unknown_figures if {
	_open("aws_db_instance", {}, [["backup_retention_period"]]) == {[["backup_retention_period"], set()]}
	_open("google_spanner_backup_schedule", {}, [["retention_duration"]]) == {[["retention_duration"], set()]}
	_open("aws_dynamodb_table", {}, [["point_in_time_recovery"]]) == set()
	_open("google_sql_database_instance", {"settings": [{}]}, [["settings", 0, "backup_configuration"]]) == set()
	_open("azurerm_cosmosdb_account", {}, [["backup"]]) == set()
	_open("aws_backup_plan", {}, [["rule"]]) == set()
	[[_, days]] := [entry | some entry in _open("google_alloydb_cluster", {}, [["automated_backup_policy"]])]
	days == set()
}

test_ignores_unreadable_durations if {
	_figures("google_spanner_backup_schedule", {"retention_duration": "a month"}) == {[["retention_duration"], set()]}
}

test_ignores_what_a_restore_may_bring_along if {
	found := retention.figures with input as _resource("aws_rds_cluster", {"snapshot_identifier": "s"}, {})
	[[figure.path, figure.days] | some figure in found] == [[["backup_retention_period"], set()]]
}

test_candidates_are_all_figures if {
	resource := _resource("aws_rds_cluster", {}, {
		"unknown": [["backup_retention_period"]],
		"candidates": [{"path": ["backup_retention_period"], "values": [35, null]}],
	})
	found := retention.figures with input as resource
	[figure.days | some figure in found] == [{35, 1}]
}

_rule(schedule, days) := {"schedule": schedule, "lifecycle": [{"delete_after": days}]}

_judged(rules) := {path[1] | some [path, _] in _figures("aws_backup_plan", {"rule": rules})}

test_every_daily_rule_of_a_plan_counts if {
	_judged([_rule("cron(0 5 * * ? *)", 7), _rule("cron(0 1 * * ? *)", 30)]) == {0, 1}
	_judged([_rule("cron(0 * * * ? *)", 3), _rule("cron(0 5 * * ? *)", 30), _rule("cron(0 5 ? * SUN *)", 90)]) == {1}
	_judged([_rule("cron(0 5 ? * SUN *)", 90), _rule("cron(0 5 1 * ? *)", 365)]) == {0}
	_judged([{"lifecycle": [{"delete_after": 7}]}]) == {0}
	_judged([_rule("cron(0 5 * * ? *)", 0)]) == set()
	_judged([_rule("whenever", 7)]) == set()
}

test_the_longer_of_the_backups_of_alloydb_counts if {
	_figures("google_alloydb_cluster", {"automated_backup_policy": [{"time_based_retention": [{"retention_period": "2592000s"}]}]}) == {[
		["automated_backup_policy", 0, "time_based_retention", 0, "retention_period"],
		{30},
	]}
	_figures("google_alloydb_cluster", {"automated_backup_policy": [{"time_based_retention": [{"retention_period": "604800s"}]}]}) == {[
		["continuous_backup_config", 0, "recovery_window_days"],
		{14},
	]}
	_figures("google_alloydb_cluster", {"automated_backup_policy": [{"quantity_based_retention": [{"count": 7}]}]}) == {[["automated_backup_policy", 0], set()]}
}
