# METADATA
# title: Data store without point-in-time recovery
# description: |
#   A nightly backup loses up to a day. Point-in-time recovery keeps the changes in between, so that at most an hour
#   is lost, as the standard asks.
#
#   What counts: the switch of DynamoDB tables and their replicas, Cloud SQL (the binary log for MySQL), AlloyDB,
#   Firestore and Cosmos DB (continuous backup, or a periodic one every hour).
#
#   Not asked of: services that always have it (Amazon RDS and Aurora, Azure's SQL databases), replicas, lock tables of
#   Terraform, databases whose backups are off altogether (`terraform/missing-backup`), and resources that serve
#   development.
# custom:
#   id: terraform/missing-point-in-time-recovery
#   severity: error
#   clauses: [OPS-BKP.2]
#   scope: workspace
#   kinds:
#     - aws_dynamodb_table
#     - aws_dynamodb_table_replica
#     - google_sql_database_instance
#     - google_alloydb_cluster
#     - google_firestore_database
#     - azurerm_cosmosdb_account
#   remedy: enable point-in-time recovery; it is the hourly increment of the backup
package opslint.rules.terraform.missing_point_in_time_recovery

import data.opslint.lib.backup_selection
import data.opslint.lib.schedule
import data.opslint.lib.terraform

subject contains [] if {
	count(_checks) > 0
	_exempt != "pass"
}

deny contains finding if {
	_exempt == "fail"
	some check in _checks
	check.answer == "fail"

	message := sprintf("has no point-in-time recovery (%s)", [check.why])
	finding := terraform.report(input, check.path, message, terraform.profiled(input, "error"))
}

undetermined contains terraform.open_question(check.path, "whether it has point-in-time recovery is not known before an apply") if {
	_exempt != "pass"
	some check in _checks
	check.answer != "pass"
	"undetermined" in {check.answer, _exempt}
}

# _checks are the switches to look at, each with its answer.
_checks contains _switch(path, terraform.is_true(input, path, false)) if {
	input.kind == "aws_dynamodb_table"
	terraform.demanding(input)
	path := ["point_in_time_recovery", 0, "enabled"]
	not terraform.inherited(input, path)
}

_checks contains _switch(["point_in_time_recovery", 0, "enabled"], "undetermined") if {
	input.kind == "aws_dynamodb_table"
	terraform.demanding(input)
	terraform.inherited(input, ["point_in_time_recovery", 0, "enabled"])
}

# Replicas of a table that has it must have it too.
_checks contains _switch(path, terraform.is_true(input, path, false)) if {
	input.kind == "aws_dynamodb_table"
	terraform.demanding(input)
	terraform.is_true(input, ["point_in_time_recovery", 0, "enabled"], false) == "pass"
	some i, _ in object.get(input.config, "replica", [])
	path := ["replica", i, "point_in_time_recovery"]
}

_checks contains _switch(path, terraform.is_true(input, path, false)) if {
	input.kind == "aws_dynamodb_table_replica"
	terraform.demanding(input)
	path := ["point_in_time_recovery"]
}

_checks contains _switch(path, answer) if {
	input.kind == "google_sql_database_instance"
	terraform.demanding(input)
	terraform.is_true(input, array.concat(_sql, ["enabled"]), false) == "pass"
	path := array.concat(_sql, [_sql_switch])
	answer := terraform.is_true(input, path, _sql_default)
}

# Which switch counts depends on the database, which is not known.
_checks contains _switch(_sql, "undetermined") if {
	input.kind == "google_sql_database_instance"
	terraform.demanding(input)
	terraform.is_true(input, array.concat(_sql, ["enabled"]), false) == "pass"
	not _sql_switch
}

_checks contains _switch(path, terraform.is_true(input, path, true)) if {
	input.kind == "google_alloydb_cluster"
	terraform.demanding(input)
	path := ["continuous_backup_config", 0, "enabled"]
}

# Without a backup schedule the fault is that there is no backup at all.
_checks contains _switch(path, answer) if {
	input.kind == "google_firestore_database"
	terraform.demanding(input)
	terraform.companion(input, "google_firestore_backup_schedule", ["database"], ["name"]) == "pass"
	path := ["point_in_time_recovery_enablement"]
	disabled := "POINT_IN_TIME_RECOVERY_DISABLED"
	answer := terraform.is_one_of(input, path, disabled, {"POINT_IN_TIME_RECOVERY_ENABLED"})
}

_checks contains _switch(path, answer) if {
	input.kind == "azurerm_cosmosdb_account"
	terraform.demanding(input)
	path := ["backup", 0, "interval_in_minutes"]
	minutes := terraform.numbers(input, path, 240)
	answer := terraform.any_of({
		terraform.is_one_of(input, ["backup", 0, "type"], "Periodic", {"Continuous"}),
		terraform.judge(minutes, {n | some n in minutes; n <= 60}),
	})
}

_switch(path, answer) := {"path": path, "answer": answer, "why": terraform.written(input, path)}

_sql := ["settings", 0, "backup_configuration", 0]

_version := terraform.possible(input, ["database_version"], "")

_sql_switch := "binary_log_enabled" if {
	count(_version) > 0
	every version in _version {
		startswith(version, "MYSQL")
	}
} else := "point_in_time_recovery_enabled" if {
	count(_version) > 0
	every version in _version {
		regex.match("^(POSTGRES|SQLSERVER)", version)
	}
}

# Enterprise Plus has it by default, and is the default edition from PostgreSQL 16 on.
_sql_default if "ENTERPRISE_PLUS" in _edition

_sql_default if {
	_edition == {""}
	every version in _version {
		to_number(regex.find_n("[0-9]+", version, 1)[0]) >= 16
		startswith(version, "POSTGRES")
	}
}

default _sql_default := false

_edition := terraform.possible(input, ["settings", 0, "edition"], "")

_exempt := terraform.any_of({
	terraform.replica(input),
	terraform.matches(input, ["hash_key"], "", "^LockID$"),
	_hourly,
})

# A backup plan that comes round every hour, or works continuously, is as good.
_hourly := terraform.all_of({backup_selection.selected(input), _frequent})

_frequent := terraform.any_of({answer |
	some plan in terraform.companions(input, "aws_backup_plan")
	some i, _ in object.get(plan.config, "rule", [])
	answer := _increment(plan, i)
})

_increment(plan, i) := "pass" if {
	terraform.is_true(plan, ["rule", i, "enable_continuous_backup"], false) == "pass"
} else := "pass" if {
	some text in terraform.possible(plan, ["rule", i, "schedule"], "cron(0 5 * * ? *)")
	schedule.longest_gap(text) <= 1
} else := "undetermined" if {
	count(terraform.possible(plan, ["rule", i, "schedule"], "")) == 0
} else := "fail"
