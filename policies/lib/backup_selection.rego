# METADATA
# description: |
#   Which resources AWS Backup backs up: those that an aws_backup_selection of the same root names by reference or by a
#   pattern of ARNs, as far as its conditions let them through, and those that have one of its tags. A plan for a whole
#   account often stands elsewhere and selects by tag, so a tag about backups leaves the question open in a root that
#   selects nothing itself.
package opslint.lib.backup_selection

import data.opslint.lib.terraform

# selected(resource) asks whether a selection covers the resource.
selected(resource) := terraform.any_of({answer |
	some selection in terraform.companions(resource, "aws_backup_selection")
	answer := _covers(selection, resource)
})

# labelled(resource) is "undetermined" if one of its tags says that it is to be backed up.
labelled(resource) := "undetermined" if {
	startswith(resource.kind, "aws_")
	count(terraform.companions(resource, "aws_backup_selection")) == 0
	some key, value in terraform.tags(resource)
	regex.match(`(^|[^a-z])backups?([^a-z]|plan|policy|vault|$)`, lower(key))
	word := lower(sprintf("%v", [value]))
	not word in {"", "false", "no", "none", "off", "disabled", "0"}
} else := "fail"

_covers(selection, resource) := "fail" if {
	_listed(selection, "not_resources", resource)
} else := terraform.any_of({
	terraform.all_of({_named(selection, resource), _let_through(selection, resource)}),
	_tagged(selection, resource),
})

# Without a list the conditions alone decide.
_named(selection, resource) := "pass" if {
	_listed(selection, "resources", resource)
} else := "pass" if {
	terraform.state(selection, ["resources"]) == "absent"
	terraform.has_block(selection, ["condition"]) == "pass"
} else := "undetermined" if {
	_open(selection, "resources")
} else := "fail"

_listed(selection, argument, resource) if terraform.refers(selection, [argument], resource)

_listed(selection, argument, resource) if {
	some pattern in selection.config[argument]
	_fits(pattern, resource)
}

_fits("*", _)

_fits(pattern, resource) if {
	parts := split(pattern, ":")
	glob.match(parts[2], [], _arns[resource.kind].service)
	glob.match(concat(":", array.slice(parts, 5, count(parts))), [], sprintf("%s%s", [_arns[resource.kind].type, _identifier(resource)]))
}

_identifier(resource) := [name |
	some argument in ["identifier", "cluster_identifier", "name"]
	name := resource.config[argument]
	terraform.state(resource, [argument]) == "known"
][0]

default _identifier(_) := ""

# The ARN of a resource is arn:aws:SERVICE:REGION:ACCOUNT:TYPE, then its name.
_arns := {
	"aws_db_instance": {"service": "rds", "type": "db:"},
	"aws_rds_cluster": {"service": "rds", "type": "cluster:"},
	"aws_docdb_cluster": {"service": "rds", "type": "cluster:"},
	"aws_neptune_cluster": {"service": "rds", "type": "cluster:"},
	"aws_dynamodb_table": {"service": "dynamodb", "type": "table/"},
	"aws_efs_file_system": {"service": "elasticfilesystem", "type": "file-system/"},
	"aws_fsx_lustre_file_system": {"service": "fsx", "type": "file-system/"},
	"aws_fsx_ontap_file_system": {"service": "fsx", "type": "file-system/"},
	"aws_fsx_openzfs_file_system": {"service": "fsx", "type": "file-system/"},
	"aws_fsx_windows_file_system": {"service": "fsx", "type": "file-system/"},
	"aws_memorydb_cluster": {"service": "memorydb", "type": "cluster/"},
}

# Every condition must hold. Other comparisons than that for equality are not read.
_let_through(selection, _) := "pass" if {
	terraform.has_block(selection, ["condition"]) == "fail"
} else := "undetermined" if {
	_open(selection, "condition")
}

_let_through(selection, resource) := terraform.all_of((equals | others)) if {
	terraform.has_block(selection, ["condition"]) == "pass"
	not _open(selection, "condition")
	equals := {_has_tag(resource, trim_prefix(wanted.key, "aws:ResourceTag/"), wanted.value) |
		some condition in selection.config.condition
		some wanted in condition.string_equals
	}
	others := {"undetermined" | some condition in selection.config.condition; some operator, _ in condition; operator != "string_equals"}
}

_tagged(selection, _) := "undetermined" if _open(selection, "selection_tag")

_tagged(selection, resource) := terraform.any_of({_has_tag(resource, wanted.key, wanted.value) |
	some wanted in object.get(selection.config, "selection_tag", [])
}) if {
	not _open(selection, "selection_tag")
}

_has_tag(resource, key, value) := "pass" if {
	object.get(terraform.tags(resource), key, null) == value
} else := "undetermined" if {
	terraform.is_open(resource, ["tags", key])
} else := "fail"

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
