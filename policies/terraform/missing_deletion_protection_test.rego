package opslint.rules.terraform.missing_deletion_protection_test

import data.opslint.lib.terraform_test
import data.opslint.rules.terraform.missing_deletion_protection as rule

_resource(kind, config, overrides) := object.union(
	{
		"kind": kind, "name": "main", "address": sprintf("%s.main", [kind]), "configuration": sprintf("%s.main", [kind]),
		"mode": "managed", "root": "live", "target": "", "profile": "production", "instances": "known", "config": config,
		"unknown": [], "candidates": [], "sensitive": [], "references": [], "origins": [], "calls": [], "meta": {},
	},
	overrides,
)

_config := {"terraform": {"missing_deletion_protection": {"clusters": false}}}

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

_severities(resource) := {finding.severity | some finding in found} if {
	found := rule.deny with input as resource with data.config as _config with data.inventory as _inventory([])
}

test_reports_unprotected_stores if {
	every kind in ["aws_db_instance", "aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster"] {
		_reported(_resource(kind, {}, {}), []) == {["config", "deletion_protection"]}
	}
	_reported(_resource("aws_db_instance", {"deletion_protection": false}, {}), []) == {["config", "deletion_protection"]}
	_reported(_resource("aws_dynamodb_table", {}, {}), []) == {["config", "deletion_protection_enabled"]}
	_reported(_resource("google_sql_database_instance", {"deletion_protection": false}, {}), []) == {["config", "deletion_protection"]}
	_reported(_resource("google_bigtable_table", {"deletion_protection": "UNPROTECTED"}, {}), []) == {["config", "deletion_protection"]}
	_reported(_resource("google_firestore_database", {}, {}), []) == {["config", "delete_protection_state"]}
}

test_accepts_protected_ones if {
	every resource in [
		_resource("aws_db_instance", {"deletion_protection": true}, {}),
		_resource("aws_dynamodb_table", {"deletion_protection_enabled": "true"}, {}),
		_resource("google_sql_database_instance", {}, {}),
		_resource("google_container_cluster", {}, {}),
		_resource("google_bigtable_table", {}, {}),
	] {
		_reported(resource, []) == set()
		_subjects(resource) == {[]}
	}
}

test_accepts_what_is_not_asked if {
	every resource in [
		_resource("aws_db_instance", {"replicate_source_db": "orders"}, {}),
		_resource("aws_dynamodb_table", {"hash_key": "LockID"}, {}),
		_resource("aws_eks_cluster", {}, {}),
		_resource("aws_rds_cluster", {}, {"profile": "development"}),
	] {
		_reported(resource, []) == set()
		_subjects(resource) == set()
	}
}

test_reports_clusters_on_request if {
	found := rule.deny with input as _resource("aws_eks_cluster", {}, {})
		with data.config as {"terraform": {"missing_deletion_protection": {"clusters": true}}}
		with data.inventory as _inventory([])

	count(found) == 1
}

test_ignores_unknown_values if {
	resource := _resource("aws_db_instance", {}, {"unknown": [["deletion_protection"]]})

	_reported(resource, []) == set()
	_open(resource, []) == {["config", "deletion_protection"]}
}

test_is_milder_with_prevent_destroy_and_in_staging if {
	_severities(_resource("aws_db_instance", {}, {})) == {"warning"}
	_severities(_resource("aws_db_instance", {}, {"meta": {"prevent_destroy": true}})) == {"note"}
	_severities(_resource("aws_db_instance", {}, {"profile": "staging"})) == {"note"}
}
