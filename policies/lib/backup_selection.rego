# METADATA
# description: |
#   Which resources AWS Backup backs up: those that an aws_backup_selection of the same root names, by reference, by a
#   pattern of ARNs or by tag.
package opslint.lib.backup_selection

import data.opslint.lib.terraform

# selected(resource) asks whether a selection covers the resource.
selected(resource) := terraform.any_of({answer |
	some selection in terraform.companions(resource, "aws_backup_selection")
	answer := _covers(selection, resource)
})

_covers(selection, resource) := "fail" if {
	terraform.refers(selection, ["not_resources"], resource)
} else := "pass" if {
	_named(selection, resource)
} else := "pass" if {
	_tagged(selection, resource)
} else := "undetermined" if {
	some name in ["resources", "selection_tag", "condition"]
	_open(selection, name)
} else := "undetermined" if {
	count(_wanted(selection)) > 0
	terraform.is_open(resource, ["tags"])
} else := "fail"

_named(selection, resource) if terraform.refers(selection, ["resources"], resource)

_named(selection, resource) if {
	some pattern in selection.config.resources
	_arn_of(pattern, resource.kind)
}

_arn_of("*", _)

_arn_of(pattern, kind) if {
	some service in _services[kind]
	regex.match(sprintf(`^arn:[a-z*-]+:%s:.*\*$`, [service]), pattern)
}

_services := {
	"aws_db_instance": {"rds", `\*`},
	"aws_rds_cluster": {"rds", `\*`},
	"aws_docdb_cluster": {"rds", `\*`},
	"aws_neptune_cluster": {"rds", `\*`},
	"aws_dynamodb_table": {"dynamodb", `\*`},
	"aws_efs_file_system": {"elasticfilesystem", `\*`},
	"aws_fsx_lustre_file_system": {"fsx", `\*`},
	"aws_fsx_ontap_file_system": {"fsx", `\*`},
	"aws_fsx_openzfs_file_system": {"fsx", `\*`},
	"aws_fsx_windows_file_system": {"fsx", `\*`},
	"aws_memorydb_cluster": {"memorydb", `\*`},
}

_tagged(selection, resource) if {
	some wanted in _wanted(selection)
	object.get(terraform.tags(resource), wanted.key, null) == wanted.value
}

_wanted(selection) := {{"key": tag.key, "value": tag.value} |
	some tag in object.get(selection.config, "selection_tag", [])
} | {{"key": trim_prefix(equal.key, "aws:ResourceTag/"), "value": equal.value} |
	some condition in object.get(selection.config, "condition", [])
	some equal in object.get(condition, "string_equals", [])
}

# What stands in the argument is not known, and it does not refer to something else.
_open(selection, name) if {
	some open in selection.unknown
	open[0] == name
	not _refers_elsewhere(selection, open)
}

_refers_elsewhere(selection, path) if {
	some reference in selection.references
	reference.path == path
	count(path) > 1
}
