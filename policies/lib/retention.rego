# METADATA
# description: |
#   How long a resource keeps its backups, in days, wherever its provider has the figure.
#
#   figures are the places to judge: path (below config), days (all the figures it may turn out to have, empty if not
#   known) and what it counts for people. A resource without backups has none: that is another rule's fault.
package opslint.lib.retention

import data.opslint.lib.schedule
import data.opslint.lib.terraform

# Arguments in days: what the platform does where nothing is set (absent), and what else 0 means.
_days := {
	"aws_db_instance": {"path": ["backup_retention_period"], "absent": 0, "zero": "off"},
	"aws_rds_cluster": {"path": ["backup_retention_period"], "absent": 1},
	"aws_docdb_cluster": {"path": ["backup_retention_period"], "absent": 1},
	"aws_neptune_cluster": {"path": ["backup_retention_period"], "absent": 1},
	"aws_redshift_cluster": {"path": ["automated_snapshot_retention_period"], "absent": 1, "zero": "off"},
	"aws_memorydb_cluster": {"path": ["snapshot_retention_limit"], "absent": 0, "zero": "off"},
	"aws_fsx_lustre_file_system": {"path": ["automatic_backup_retention_days"], "absent": 0, "zero": "off"},
	"aws_fsx_ontap_file_system": {"path": ["automatic_backup_retention_days"], "absent": 0, "zero": "off"},
	"aws_fsx_openzfs_file_system": {"path": ["automatic_backup_retention_days"], "absent": 0, "zero": "off"},
	"aws_fsx_windows_file_system": {"path": ["automatic_backup_retention_days"], "absent": 7, "zero": "off"},
	"aws_db_instance_automated_backups_replication": {"path": ["retention_period"], "absent": 7},
	"azurerm_postgresql_flexible_server": {"path": ["backup_retention_days"], "absent": 7},
	"azurerm_mysql_flexible_server": {"path": ["backup_retention_days"], "absent": 7},
	"azurerm_postgresql_server": {"path": ["backup_retention_days"], "absent": 7},
	"azurerm_mysql_server": {"path": ["backup_retention_days"], "absent": 7},
	"azurerm_mssql_database": {"path": ["short_term_retention_policy", 0, "retention_days"], "absent": 7},
	"azurerm_mssql_managed_database": {"path": ["short_term_retention_days"], "absent": 7},
	"google_gke_backup_backup_plan": {"path": ["retention_policy", 0, "backup_retain_days"], "absent": 0, "zero": "for ever"},
}

figures contains {"path": _days[input.kind].path, "days": days} if {
	not terraform.inherited(input, _days[input.kind].path)
	days := terraform.numbers(input, _days[input.kind].path, _days[input.kind].absent)
	not _apart(days)
}

# 0 days mean no backups at all, which is another rule's fault, or that they are kept for ever.
_apart({0}) if _days[input.kind].zero

figures contains {"path": _days[input.kind].path, "days": set()} if terraform.inherited(input, _days[input.kind].path)

# Arguments that spell a duration. What is not written is not judged.
_durations := {
	"google_spanner_backup_schedule": [["retention_duration"]],
	"google_firestore_backup_schedule": [["retention"]],
	"google_bigtable_table": [["automated_backup_policy", 0, "retention_period"]],
}

figures contains {"path": path, "days": days} if {
	some path in _durations[input.kind]
	terraform.state(input, path) != "absent"
	days := _spelled(path)
}

# In a backup vault of Azure the longest of the three counts.
figures contains {"path": _longest.path, "days": _longest.days} if startswith(input.kind, "azurerm_data_protection_backup_policy_")

_longest := {"path": path, "days": days} if {
	written := [path |
		some name in ["vault_default_retention_duration", "operational_default_retention_duration", "default_retention_duration"]
		path := [name]
		terraform.state(input, path) != "absent"
	]
	sets := [_spelled(path) | some path in written]
	every each in sets {
		count(each) == 1
	}
	all := {n | some each in sets; some n in each}
	days := {max(all)}
	path := [p | some i, p in written; sets[i] == days][0]
} else := {"path": [], "days": set()}

_spelled(path) := {terraform.days(text) | some text in all} if {
	all := terraform.possible(input, path, null)
	every text in all {
		is_string(text)
		terraform.days(text)
	}
} else := set()

figures contains {"path": path, "days": days} if {
	input.kind == "aws_dynamodb_table"
	terraform.is_true(input, ["point_in_time_recovery", 0, "enabled"], false) == "pass"
	path := ["point_in_time_recovery", 0, "recovery_period_in_days"]
	days := terraform.numbers(input, path, 35)
}

# Cloud SQL counts backups and makes one a day. If it is not known whether it makes any, neither is this.
figures contains {"path": path, "days": days} if {
	input.kind == "google_sql_database_instance"
	terraform.is_true(input, ["settings", 0, "backup_configuration", 0, "enabled"], false) == "pass"
	unit := ["settings", 0, "backup_configuration", 0, "backup_retention_settings", 0, "retention_unit"]
	terraform.is_one_of(input, unit, "COUNT", {"COUNT"}) == "pass"
	path := ["settings", 0, "backup_configuration", 0, "backup_retention_settings", 0, "retained_backups"]
	days := terraform.numbers(input, path, 7)
}

figures contains {"path": path, "days": days} if {
	input.kind == "google_compute_resource_policy"
	terraform.has_block(input, ["snapshot_schedule_policy", 0, "retention_policy"]) != "fail"
	path := ["snapshot_schedule_policy", 0, "retention_policy", 0, "max_retention_days"]
	days := terraform.numbers(input, path, 0)
}

# AlloyDB keeps the longer of its continuous and its scheduled backups.
figures contains {"path": _alloydb.path, "days": _alloydb.days} if input.kind == "google_alloydb_cluster"

_alloydb := {"path": ["continuous_backup_config", 0, "recovery_window_days"], "days": set()} if {
	some open in [["continuous_backup_config"], ["automated_backup_policy"]]
	terraform.is_open(input, open)
} else := {"path": ["automated_backup_policy", 0], "days": set()} if {
	terraform.has_block(input, ["automated_backup_policy", 0, "quantity_based_retention"]) != "fail"
} else := {"path": path, "days": days} if {
	path := ["automated_backup_policy", 0, "time_based_retention", 0, "retention_period"]
	terraform.state(input, path) != "absent"
	days := _spelled(path)
	count(days) == 1
	min(days) > max(_window)
} else := {"path": ["continuous_backup_config", 0, "recovery_window_days"], "days": _window} if {
	terraform.is_true(input, ["continuous_backup_config", 0, "enabled"], true) == "pass"
}

_window := terraform.numbers(input, ["continuous_backup_config", 0, "recovery_window_days"], 14)

# Cosmos DB keeps periodic backups for hours and continuous ones for the days of the tier.
figures contains {"path": path, "days": days} if {
	input.kind == "azurerm_cosmosdb_account"
	terraform.is_one_of(input, ["backup", 0, "type"], "Periodic", {"Periodic"}) == "pass"
	path := ["backup", 0, "retention_in_hours"]
	days := {n | some hours in terraform.numbers(input, path, 8); n := hours / 24}
}

figures contains {"path": path, "days": {_tier[tier] | some tier in terraform.possible(input, path, "Continuous30Days")}} if {
	input.kind == "azurerm_cosmosdb_account"
	terraform.is_one_of(input, ["backup", 0, "type"], "Periodic", {"Continuous"}) == "pass"
	path := ["backup", 0, "tier"]
}

_tier := {"Continuous7Days": 7, "Continuous30Days": 30, "Continuous35Days": 35}

_vaults := {"azurerm_backup_policy_vm", "azurerm_backup_policy_file_share", "azurerm_backup_policy_vm_workload"}

figures contains {"path": path, "days": days} if {
	input.kind in _vaults
	terraform.state(input, ["retention_daily", 0, "count"]) != "absent"
	path := ["retention_daily", 0, "count"]
	days := terraform.numbers(input, path, 0)
}

figures contains {"path": path, "days": days} if {
	input.kind in _vaults
	terraform.is_one_of(input, ["backup", 0, "frequency"], "Daily", {"Weekly"}) == "pass"
	path := ["retention_weekly", 0, "count"]
	terraform.state(input, path) != "absent"
	days := {n | some weeks in terraform.numbers(input, path, 0); n := weeks * 7}
}

# An AWS Backup plan: every daily rule, without one the most frequent. Hourly rules are the increments of the daily.
figures contains {"path": path, "days": days} if {
	input.kind == "aws_backup_plan"
	not terraform.is_open(input, ["rule"])
	some i in _judged_rules
	path := ["rule", i, "lifecycle", 0, "delete_after"]
	terraform.state(input, path) != "absent"
	days := terraform.numbers(input, path, 0)
	days != {0}
}

_gaps := {i: gap |
	some i, _ in object.get(input.config, "rule", [])
	all := terraform.possible(input, ["rule", i, "schedule"], "cron(0 5 * * ? *)")
	count(all) == 1
	some text in all
	gap := schedule.longest_gap(text)
}

_judged_rules := {i | some i, gap in _gaps; gap <= 24; gap > 1} if {
	some gap in _gaps
	gap <= 24
	gap > 1
} else := {i | some i, gap in _gaps; gap == min({g | some g in _gaps})}

figures contains {"path": path, "days": days} if {
	input.kind == "aws_dlm_lifecycle_policy"
	some i, _ in object.get(input.config, ["policy_details", 0, "schedule"], [])
	rule := ["policy_details", 0, "schedule", i, "retain_rule", 0]
	path := array.concat(rule, ["count"])
	terraform.state(input, path) != "absent"
	hours := _interval(["policy_details", 0, "schedule", i, "create_rule", 0])
	days := {n | some kept in terraform.numbers(input, path, 0); some hour in hours; n := (kept * hour) / 24}
}

figures contains {"path": path, "days": days} if {
	input.kind == "aws_dlm_lifecycle_policy"
	some i, _ in object.get(input.config, ["policy_details", 0, "schedule"], [])
	path := ["policy_details", 0, "schedule", i, "retain_rule", 0, "interval"]
	terraform.state(input, path) != "absent"
	numbers := terraform.numbers(input, path, 0)
	units := terraform.possible(input, ["policy_details", 0, "schedule", i, "retain_rule", 0, "interval_unit"], "")
	days := {n | some kept in numbers; some unit in units; n := kept * _units[unit]}
}

_units := {"DAYS": 1, "WEEKS": 7, "MONTHS": 30, "YEARS": 365}

_interval(rule) := {schedule.longest_gap(text) | some text in all} if {
	all := terraform.possible(input, array.concat(rule, ["cron_expression"]), null)
	all != {null}
} else := terraform.numbers(input, array.concat(rule, ["interval"]), 24)
