# METADATA
# title: Data store without deletion protection
# description: |
#   One `terraform destroy` in the wrong directory, one renamed resource, and a database is gone together with its
#   automatic backups. Deletion protection makes the platform refuse until somebody switches it off on purpose.
#
#   What counts: `deletion_protection` and its kin on databases, with the platform's value where it is not set.
#   Google's resources have it unless it is switched off.
#
#   Not asked of: replicas and members of a cluster, lock tables of Terraform, resources that serve development. With
#   `prevent_destroy` it is only a note: that guards against Terraform, not against the console. EKS clusters are asked
#   only with the parameter `clusters`.
# custom:
#   id: terraform/missing-deletion-protection
#   severity: warning
#   clauses: [OPS-3.3]
#   kinds:
#     - aws_db_instance
#     - aws_rds_cluster
#     - aws_docdb_cluster
#     - aws_neptune_cluster
#     - aws_eks_cluster
#     - aws_dynamodb_table
#     - google_sql_database_instance
#     - google_container_cluster
#     - google_alloydb_cluster
#     - google_spanner_database
#     - google_bigtable_table
#     - google_cloud_run_v2_service
#     - google_firestore_database
#   remedy: switch deletion protection on
#   parameters:
#     clusters:
#       type: boolean
#       default: false
#       description: whether EKS clusters are asked too
package opslint.rules.terraform.missing_deletion_protection

import data.opslint.lib.terraform

subject contains [] if {
	_answer
	_exempt != "pass"
}

deny contains finding if {
	_answer == "fail"
	_exempt == "fail"

	message := sprintf("can be deleted by mistake (%s)", [terraform.written(input, _path)])
	finding := terraform.report(input, _path, message, _severity)
}

undetermined contains terraform.open_question(_path, "whether it is protected is not known before an apply") if {
	_answer != "pass"
	_exempt != "pass"
	"undetermined" in {_answer, _exempt}
}

_path := [object.get(_arguments, input.kind, "deletion_protection")]

_arguments := {"aws_dynamodb_table": "deletion_protection_enabled", "google_firestore_database": "delete_protection_state"}

_unprotected := {
	"aws_db_instance", "aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster", "aws_eks_cluster",
	"aws_dynamodb_table",
}

_protected := {
	"google_sql_database_instance", "google_alloydb_cluster", "google_spanner_database",
	"google_cloud_run_v2_service", "google_container_cluster",
}

_answer := terraform.is_true(input, _path, false) if {
	input.kind in _unprotected
	terraform.demanding(input)
	_asked
}

_answer := terraform.is_true(input, _path, true) if {
	input.kind in _protected
	terraform.demanding(input)
}

_answer := terraform.is_one_of(input, _path, "PROTECTED", {"PROTECTED"}) if {
	input.kind == "google_bigtable_table"
	terraform.demanding(input)
}

_answer := terraform.is_one_of(input, _path, "DELETE_PROTECTION_DISABLED", {"DELETE_PROTECTION_ENABLED"}) if {
	input.kind == "google_firestore_database"
	terraform.demanding(input)
}

_asked if input.kind != "aws_eks_cluster"

_asked if data.config.terraform.missing_deletion_protection.clusters

_exempt := terraform.any_of({
	terraform.replica(input),
	terraform.all_of({_instance, terraform.matches(input, ["engine"], "", "^aurora")}),
	terraform.matches(input, ["hash_key"], "", "^LockID$"),
})

_instance := "pass" if {
	input.kind == "aws_db_instance"
} else := "fail"

_severity := "note" if {
	input.meta.prevent_destroy
} else := terraform.profiled(input, "warning")
