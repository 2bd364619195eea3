# METADATA
# title: Backups kept shorter than the standard asks
# description: |
#   Damage is often found weeks after it was done: a bad migration, a silent deletion, an intruder. Backups that are
#   gone by then cannot undo it. The standard keeps them 30 days.
#
#   What counts: the figure that decides, with the platform's value where it is not set, for Amazon RDS, Aurora,
#   DocumentDB, Neptune, Redshift, MemoryDB, FSx, DynamoDB, AWS Backup and lifecycle policies, Cloud SQL, AlloyDB,
#   Spanner, Firestore, Bigtable and Azure's databases and vaults. In an AWS Backup plan each daily rule counts; a rule
#   that never deletes complies.
#
#   Not asked of: backups that are off altogether (`terraform/missing-backup`), replicas, and resources that serve
#   development.
# custom:
#   id: terraform/short-backup-retention
#   severity: error
#   clauses: [OPS-BKP.5]
#   scope: workspace
#   kinds:
#     - aws_db_instance
#     - aws_rds_cluster
#     - aws_docdb_cluster
#     - aws_neptune_cluster
#     - aws_redshift_cluster
#     - aws_memorydb_cluster
#     - aws_fsx_lustre_file_system
#     - aws_fsx_ontap_file_system
#     - aws_fsx_openzfs_file_system
#     - aws_fsx_windows_file_system
#     - aws_dynamodb_table
#     - aws_backup_plan
#     - aws_dlm_lifecycle_policy
#     - aws_db_instance_automated_backups_replication
#     - google_sql_database_instance
#     - google_alloydb_cluster
#     - google_spanner_backup_schedule
#     - google_firestore_backup_schedule
#     - google_bigtable_table
#     - google_compute_resource_policy
#     - google_gke_backup_backup_plan
#     - azurerm_postgresql_flexible_server
#     - azurerm_mysql_flexible_server
#     - azurerm_postgresql_server
#     - azurerm_mysql_server
#     - azurerm_mssql_database
#     - azurerm_mssql_managed_database
#     - azurerm_cosmosdb_account
#     - azurerm_backup_policy_vm
#     - azurerm_backup_policy_file_share
#     - azurerm_backup_policy_vm_workload
#     - azurerm_data_protection_backup_policy_postgresql
#     - azurerm_data_protection_backup_policy_postgresql_flexible_server
#     - azurerm_data_protection_backup_policy_mysql_flexible_server
#     - azurerm_data_protection_backup_policy_blob_storage
#     - azurerm_data_protection_backup_policy_disk
#   remedy: keep backups for at least 30 days
#   parameters:
#     days:
#       type: number
#       standard: retention
#       description: how many days backups must be kept
package opslint.rules.terraform.short_backup_retention

import data.opslint.lib.backup_selection
import data.opslint.lib.retention
import data.opslint.lib.terraform

subject contains [] if {
	_judged
	count(retention.figures) > 0
}

deny contains finding if {
	_judged
	some figure in retention.figures
	_answer(figure) == "fail"
	_exempt == "fail"

	message := sprintf("keeps backups %s%s, the standard asks for %v", [_spelled(max(figure.days)), _why(figure), _limit])
	finding := terraform.report(input, figure.path, message, terraform.profiled(input, "error"))
}

undetermined contains terraform.open_question(figure.path, "how long backups are kept is not known before an apply") if {
	_judged
	some figure in retention.figures
	_answer(figure) != "pass"
	"undetermined" in {_answer(figure), _exempt}
}

_limit := data.config.terraform.short_backup_retention.days

_judged if {
	terraform.demanding(input)
	_exempt != "pass"
}

_answer(figure) := terraform.judge(figure.days, {days | some days in figure.days; days >= _limit})

_exempt := terraform.any_of({
	terraform.replica(input),
	terraform.all_of({_instance, terraform.matches(input, ["engine"], "", "^aurora")}),
	terraform.all_of({_instance, backup_selection.selected(input)}),
})

_instance := "pass" if {
	input.kind == "aws_db_instance"
} else := "fail"

_why(figure) := sprintf(" (%s)", [terraform.written(input, figure.path)]) if {
	terraform.state(input, figure.path) == "absent"
} else := ""

_spelled(days) := "1 day" if {
	days == 1
} else := sprintf("%d days", [days]) if {
	floor(days) == days
} else := sprintf("%d hours", [round(days * 24)])
