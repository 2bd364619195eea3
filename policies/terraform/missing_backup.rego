# METADATA
# title: Data store without automatic backups
# description: |
#   A database or file system whose automatic backups are off loses everything since the last manual copy, which is
#   usually everything. Several services have no backups unless they are asked for: the retention of an Amazon RDS
#   instance that is not written is 0 days, and so are that of MemoryDB and most of FSx.
#
#   What counts: the argument that switches backups on, with the platform's value where it is not set. For Amazon EFS,
#   Firestore and Spanner, the policy or schedule that belongs to the resource.
#
#   Not asked of: replicas, members of a cluster, scratch file systems, what an AWS Backup selection covers, services
#   whose backups cannot be off (Azure's databases), and resources that serve development. A resource made from a
#   snapshot may bring its setting along, and one with a tag about backups may be selected by it elsewhere: undetermined.
# custom:
#   id: terraform/missing-backup
#   severity: error
#   clauses: [OPS-BKP.1]
#   scope: workspace
#   kinds:
#     - aws_db_instance
#     - aws_redshift_cluster
#     - aws_memorydb_cluster
#     - aws_efs_file_system
#     - aws_efs_backup_policy
#     - aws_fsx_lustre_file_system
#     - aws_fsx_ontap_file_system
#     - aws_fsx_openzfs_file_system
#     - aws_fsx_windows_file_system
#     - aws_dlm_lifecycle_policy
#     - google_sql_database_instance
#     - google_alloydb_cluster
#     - google_firestore_database
#     - google_bigtable_table
#     - google_spanner_database
#   remedy: switch automatic backups on and keep them for 30 days
package opslint.rules.terraform.missing_backup

import data.opslint.lib.backup_selection
import data.opslint.lib.terraform

subject contains [] if {
	_complies
	_exempt != "pass"
}

deny contains finding if {
	_complies == "fail"
	_exempt == "fail"

	finding := terraform.report(input, _path, sprintf("has no automatic backups (%s)", [_why]), terraform.profiled(input, "error"))
}

undetermined contains terraform.open_question(_path, "whether backups are on is not known before an apply") if {
	_complies != "pass"
	_exempt != "pass"
	"undetermined" in {_complies, _exempt}
}

# The days that an argument may keep backups; absent is the platform's value.
_days := {
	"aws_db_instance": {"argument": "backup_retention_period", "absent": 0},
	"aws_redshift_cluster": {"argument": "automated_snapshot_retention_period", "absent": 1},
	"aws_memorydb_cluster": {"argument": "snapshot_retention_limit", "absent": 0},
	"aws_fsx_lustre_file_system": {"argument": "automatic_backup_retention_days", "absent": 0},
	"aws_fsx_ontap_file_system": {"argument": "automatic_backup_retention_days", "absent": 0},
	"aws_fsx_openzfs_file_system": {"argument": "automatic_backup_retention_days", "absent": 0},
	"aws_fsx_windows_file_system": {"argument": "automatic_backup_retention_days", "absent": 7},
}

# Resources of their own that back another one up, and what they name it by.
_schedules := {
	"aws_efs_file_system": {"kind": "aws_efs_backup_policy", "argument": "file_system_id", "names": []},
	"google_firestore_database": {"kind": "google_firestore_backup_schedule", "argument": "database", "names": ["name"]},
	"google_spanner_database": {"kind": "google_spanner_backup_schedule", "argument": "database", "names": ["name"]},
}

_path := [_days[input.kind].argument]

_path := ["state"] if input.kind == "aws_dlm_lifecycle_policy"

_path := ["settings", 0, "backup_configuration", 0, "enabled"] if input.kind == "google_sql_database_instance"

_path := ["continuous_backup_config", 0, "enabled"] if input.kind == "google_alloydb_cluster"

_path := ["automated_backup_policy"] if input.kind == "google_bigtable_table"

_path := ["backup_policy", 0, "status"] if input.kind == "aws_efs_backup_policy"

_path := [] if _schedules[input.kind]

# _complies asks whether backups are on.
_complies := terraform.at_least(input, _path, _days[input.kind].absent, 1) if {
	terraform.demanding(input)
	not terraform.inherited(input, _path)
}

_complies := "undetermined" if {
	_days[input.kind]
	terraform.demanding(input)
	terraform.inherited(input, _path)
}

_complies := terraform.negated(terraform.is_one_of(input, _path, "ENABLED", {"DISABLED"})) if {
	input.kind == "aws_dlm_lifecycle_policy"
	terraform.demanding(input)
}

_complies := terraform.is_true(input, _path, false) if {
	input.kind == "google_sql_database_instance"
	terraform.demanding(input)
}

_complies := terraform.any_of({
	terraform.is_true(input, _path, true),
	terraform.all_of({
		terraform.has_block(input, ["automated_backup_policy"]),
		terraform.is_true(input, ["automated_backup_policy", 0, "enabled"], true),
	}),
}) if {
	input.kind == "google_alloydb_cluster"
	terraform.demanding(input)
}

_complies := terraform.has_block(input, ["automated_backup_policy"]) if {
	input.kind == "google_bigtable_table"
	terraform.demanding(input)
}

_complies := terraform.negated(terraform.is_one_of(input, _path, "ENABLED", {"DISABLED", "DISABLING"})) if {
	input.kind == "aws_efs_backup_policy"
	terraform.demanding(input)
}

_complies := terraform.any_of({_scheduled, _recoverable}) if {
	_schedules[input.kind]
	terraform.demanding(input)
}

_scheduled := terraform.companion(input, companion.kind, [companion.argument], companion.names) if {
	companion := _schedules[input.kind]
}

_recoverable := terraform.is_one_of(
	input,
	["point_in_time_recovery_enablement"],
	"POINT_IN_TIME_RECOVERY_DISABLED",
	{"POINT_IN_TIME_RECOVERY_ENABLED"},
)

_exempt := terraform.any_of({
	terraform.replica(input),
	terraform.matches(input, ["engine"], "", "^aurora"),
	terraform.matches(input, ["deployment_type"], _deployment, "^SCRATCH_"),
	backup_selection.selected(input),
	backup_selection.labelled(input),
	_system_selected,
	_one_zone,
})

# Amazon EFS backs up file systems of one zone unless a policy says otherwise.
_one_zone := terraform.is_set(input, ["availability_zone_name"]) if {
	input.kind == "aws_efs_file_system"
} else := "fail"

_deployment := "SCRATCH_1" if {
	input.kind == "aws_fsx_lustre_file_system"
} else := ""

# The policy of a file system asks for the selection of that file system.
_system_selected := terraform.any_of({answer |
	input.kind == "aws_efs_backup_policy"
	some system in terraform.companions(input, "aws_efs_file_system")
	terraform.refers(input, ["file_system_id"], system)
	answer := terraform.any_of({backup_selection.selected(system), backup_selection.labelled(system)})
})

_why := sprintf("%s, so 0", [terraform.written(input, _path)]) if {
	_days[input.kind].absent == 0
	terraform.state(input, _path) == "absent"
} else := sprintf("no %s belongs to it", [_schedules[input.kind].kind]) if {
	_schedules[input.kind]
} else := terraform.written(input, _path)
