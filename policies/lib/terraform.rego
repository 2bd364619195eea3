# METADATA
# description: |
#   Readers of Terraform documents, which distinguish what is written, what is not set and what nobody knows before an
#   apply. Questions are answered with "pass", "fail" or "undetermined" and combined by any_of, all_of and negated, so
#   that a value that is not known never becomes a fault on the way.
#
#   Every function takes the resource (input, or an entry of the inventory); paths start below its config.
package opslint.lib.terraform

# state(resource, path) is "known", "unknown" or "absent"; null counts as absent.
state(resource, path) := "unknown" if {
	is_open(resource, path)
} else := "known" if {
	object.get(resource.config, path, null) != null
} else := "absent"

# is_open(resource, path) holds if the value, or something it lies in, is not known.
is_open(resource, path) if {
	some open in resource.unknown
	array.slice(path, 0, count(open)) == open
}

# possible(resource, path, absent) are the values that an argument may have: its own, that of the platform (absent) if
# it is not set, the candidates if it is one of several. It is empty if the value is not known.
possible(resource, path, absent) := {_plain(object.get(resource.config, path, null))} if {
	state(resource, path) == "known"
} else := {absent} if {
	state(resource, path) == "absent"
} else := {value |
	some candidate in resource.candidates
	candidate.path == path
	some chosen in candidate.values
	value := _chosen(chosen, absent)
}

_chosen(null, absent) := absent

_chosen(value, _) := _plain(value) if value != null

# _plain(value) takes "35" for 35 and "true" for true, as Terraform does.
_plain(value) := to_number(value) if {
	is_string(value)
	regex.match(`^-?[0-9]+(\.[0-9]+)?$`, value)
} else if {
	value == "true"
} else := false if {
	value == "false"
} else := value

# numbers(resource, path, absent) is possible, empty if one of the values is no number.
numbers(resource, path, absent) := all if {
	all := possible(resource, path, absent)
	every value in all {
		is_number(value)
	}
} else := set()

# judge(all, good) is the answer if an argument may have any of all, and those in good comply.
judge(all, good) := "undetermined" if {
	count(all) == 0
} else := "pass" if {
	count(good) == count(all)
} else := "fail" if {
	count(good) == 0
} else := "undetermined"

# is_true(resource, path, absent) asks for true.
is_true(resource, path, absent) := is_one_of(resource, path, absent, {true})

# is_one_of(resource, path, absent, values) asks for one of the values.
is_one_of(resource, path, absent, values) := judge(all, all & values) if all := possible(resource, path, absent)

# matches(resource, path, absent, pattern) asks for a text that the pattern fits.
matches(resource, path, absent, pattern) := judge(all, good) if {
	all := possible(resource, path, absent)
	good := {value | some value in all; is_string(value); regex.match(pattern, value)}
}

# at_least(resource, path, absent, least) asks for a number.
at_least(resource, path, absent, least) := judge(all, {value | some value in all; value >= least}) if {
	all := numbers(resource, path, absent)
}

# is_set(resource, path) asks whether an argument is configured, with a known value or not.
is_set(resource, path) := "pass" if {
	state(resource, path) == "known"
} else := "fail" if {
	state(resource, path) == "absent"
} else := judge(all, {value | some value in all; value != null}) if {
	all := {value | some candidate in resource.candidates; candidate.path == path; some value in candidate.values}
	count(all) > 0
} else := "pass"

# has_block(resource, path) asks whether there is a nested block. One that a dynamic block may make is undetermined.
has_block(resource, path) := "pass" if {
	count(object.get(resource.config, path, [])) > 0
} else := "undetermined" if {
	is_open(resource, path)
} else := "fail"

# length(resource, path) are the lengths that a list may have: 0 if it is not set, empty if that is not known.
length(resource, path) := {count(object.get(resource.config, path, []))} if {
	state(resource, path) == "known"
	is_array(object.get(resource.config, path, null))
} else := {0} if {
	state(resource, path) == "absent"
} else := {count(value) | some value in possible(resource, path, []); is_array(value)}

# any_of(answers) is "pass" if one of them is.
any_of(answers) := "pass" if {
	"pass" in answers
} else := "undetermined" if {
	"undetermined" in answers
} else := "fail"

# all_of(answers) is "fail" if one of them is.
all_of(answers) := "fail" if {
	"fail" in answers
} else := "undetermined" if {
	"undetermined" in answers
} else := "pass"

negated("pass") := "fail"

negated("fail") := "pass"

negated("undetermined") := "undetermined"

# demanding(resource) holds unless the resource serves development only: the standard's numbers are production's.
demanding(resource) if {
	resource.mode == "managed"
	resource.profile != "development"
}

# replica(resource) asks whether it copies another one, which has the backups.
replica(resource) := "fail" if {
	count(_configured(resource) & _replica_arguments) == 0
} else := any_of(((arguments | blocks) | modes)) if {
	arguments := {is_set(resource, [name]) |
		some name in ["replicate_source_db", "replication_source_identifier", "master_instance_name"]
	}
	blocks := {has_block(resource, ["replica_configuration"])}
	modes := {
		is_one_of(resource, ["instance_type"], "", {"READ_REPLICA_INSTANCE"}),
		is_one_of(resource, ["create_mode"], "", {"Replica", "Secondary", "OnlineSecondary"}),
		is_one_of(resource, ["cluster_type"], "", {"SECONDARY"}),
	}
}

# restored(resource) asks whether it is made from a backup, which brings settings along.
restored(resource) := "fail" if {
	count(_configured(resource) & _restore_arguments) == 0
} else := any_of(((arguments | blocks) | modes)) if {
	arguments := {is_set(resource, [name]) | some name in ["snapshot_identifier", "restore_source_name"]}
	blocks := {has_block(resource, [name]) |
		some name in [
			"restore_to_point_in_time", "s3_import", "clone", "restore_backup_source",
			"restore_continuous_backup_source",
		]
	}
	modes := {is_one_of(resource, ["create_mode"], "", {"PointInTimeRestore"})}
}

# Most resources have none of these, which is quickly seen.
_replica_arguments := {
	"replicate_source_db", "replication_source_identifier", "master_instance_name", "replica_configuration",
	"instance_type", "create_mode", "cluster_type",
}

_restore_arguments := {
	"snapshot_identifier", "restore_source_name", "restore_to_point_in_time", "s3_import", "clone",
	"restore_backup_source", "restore_continuous_backup_source", "create_mode",
}

_configured(resource) := object.keys(resource.config) | {open[0] | some open in resource.unknown}

# inherited(resource, path) holds if the argument is not set and may come from the backup that the resource is made from.
inherited(resource, path) if {
	state(resource, path) == "absent"
	restored(resource) != "fail"
}

# written(resource, path) says what stands in the configuration: "multi_az is not set", "multi_az is false".
written(resource, path) := sprintf("%s is not set", [dotted(path)]) if {
	state(resource, path) == "absent"
} else := sprintf("%s is not known", [dotted(path)]) if {
	state(resource, path) == "unknown"
	count(possible(resource, path, null)) == 0
} else := sprintf("%s is set otherwise", [dotted(path)]) if {
	_secret(resource, path)
} else := sprintf("%s is %s", [dotted(path), concat(" or ", texts)]) if {
	texts := [_text(value) | some value in possible(resource, path, null)]
}

_text(null) := "not set"

_text(value) := sprintf("%v", [value]) if value != null

_secret(resource, path) if {
	some secret in resource.sensitive
	array.slice(path, 0, count(secret)) == secret
}

# dotted(path) is the path as people write it, without indexes.
dotted(path) := concat(".", [step | some step in path; is_string(step)])

# report(resource, path, message, severity) is the one form of a finding of these rules. If the value is passed by a
# module call, it names that call; else all instances of the block fail for the same cause and are one finding. It is a
# note where the fault rests on the default of a variable that gets its value elsewhere, and in examples.
report(resource, path, message, severity) := {
	"msg": sprintf("%s %s", [_title(resource, path), message]),
	"path": array.concat(["config"], path),
	"severity": _severity(resource, path, severity),
	"related": related(resource, path),
	"key": _key(resource, path),
}

_title(resource, path) := resource.configuration if {
	_passed_in(resource, path)
} else := sprintf("%s.%s", [resource.kind, resource.name])

_key(resource, path) := sprintf("%s of %s", [dotted(path), resource.configuration]) if {
	_passed_in(resource, path)
} else := dotted(path)

_passed_in(resource, path) if {
	some origin in resource.origins
	origin.kind == "call"
	_touches(origin.path, path)
}

# open_question(path, message) is the one form of what cannot be decided.
open_question(path, message) := {"path": array.concat(["config"], path), "msg": message}

_severity(resource, path, _) := "note" if _lenient(resource, path)

_severity(resource, path, severity) := severity if not _lenient(resource, path)

# profiled(resource, severity) drops a severity by one in staging.
profiled(resource, severity) := {"error": "warning", "warning": "note", "note": "note"}[severity] if {
	resource.profile == "staging"
} else := severity

_lenient(resource, _) if _root(resource).example

_lenient(resource, path) if {
	_preliminary(_root(resource))
	some origin in resource.origins
	origin.kind == "default"
	_touches(origin.path, path)
}

# A library's user, or a service that keeps the variables, may give other values than the defaults.
_preliminary(root) if root.kind == "library"

_preliminary(root) if root.remote_variables

_root(resource) := object.get(data.inventory.terraform.roots, resource.root, {})

_touches(outer, path) if array.slice(path, 0, count(outer)) == outer

# related(resource, path) is the way of a value: the module calls from the root inward if one of them passes it, then
# where it was written.
related(resource, path) := array.concat(
	[entry | some call in resource.calls; _passed_in(resource, path); entry := _call(resource, path, call)],
	[entry |
		some origin in resource.origins
		origin.kind != "call"
		_touches(origin.path, path)
		entry := {"ref": origin.ref, "path": [], "msg": sprintf("%s is %s", [origin.name, _source[origin.kind]])}
	],
)

_source := {"default": "not given, so this default holds", "file": "set here"}

_call(resource, path, call) := {"ref": min(refs), "path": [], "msg": "the value is passed here"} if {
	refs := _arguments(resource, path, call)
	count(refs) > 0
} else := {"ref": call, "path": [], "msg": "the module is called here"}

# The arguments of a call that a value comes through: the one of the same name, if there are several.
_arguments(resource, path, call) := same if {
	same := {origin.ref | some origin in _passed(resource, path, call); origin.name == concat("", ["var.", regex.replace(dotted(path), `.*\.`, "")])}
	count(same) > 0
} else := {origin.ref | some origin in _passed(resource, path, call)}

_passed(resource, path, call) := [origin |
	some origin in resource.origins
	origin.kind == "call"
	origin.call == call
	_touches(origin.path, path)
]

# companions(resource, kind) are the resources of a kind that are applied together with this one.
companions(resource, kind) := found if {
	found := data.inventory.terraform.by_target[resource.root][resource.target][kind]
} else := []

# refers(other, path, resource) holds if an argument of the other one refers to the resource.
refers(other, path, resource) if {
	some reference in other.references
	array.slice(reference.path, 0, count(path)) == path
	resource.address in reference.to
}

# joined(other, path, resource, names) holds if an argument of the other one names the resource: by a reference, or by
# a name that both know.
joined(other, path, resource, _) if refers(other, path, resource)

joined(other, path, resource, names) if {
	state(other, path) == "known"
	some name in names
	state(resource, [name]) == "known"
	object.get(other.config, path, null) == object.get(resource.config, name, null)
}

# companion_open(resource, kind, path) holds if a companion may exist that cannot be seen: a file of the module is
# broken, a module from elsewhere is given the resource, or it is not known what a companion belongs to.
companion_open(resource, _, _) if _root(resource).incomplete

companion_open(resource, _, _) if {
	some module in object.get(_root(resource), "unresolved_modules", [])
	module.target == resource.target
	resource.address in module.references
}

companion_open(resource, kind, path) if {
	some other in companions(resource, kind)
	state(other, path) == "unknown"
	count([1 | some reference in other.references; array.slice(reference.path, 0, count(path)) == path]) == 0
}

# companion_open also holds if what joins it exists only perhaps.
companion_open(resource, kind, path) if {
	some other in companions(resource, kind)
	other.instances == "unknown"
	resource.instances == "known"
	refers(other, path, resource)
}

# companion(resource, kind, path, names) asks whether the resource has a companion of a kind, one whose argument names it.
companion(resource, kind, path, names) := "pass" if {
	some other in companions(resource, kind)
	joined(other, path, resource, names)
	_exists_with(other, resource)
} else := "undetermined" if {
	companion_open(resource, kind, path)
} else := "fail"

_exists_with(other, _) if other.instances == "known"

_exists_with(_, resource) if resource.instances == "unknown"

# words(resource) are the words of its name and tags, in lower case.
words(resource) := {word |
	some text in _names(resource)
	some word in regex.split(`[^a-z0-9]+`, lower(text))
}

_names(resource) := ({resource.name} | {text |
	some key in ["name", "identifier", "cluster_identifier", "bucket"]
	text := object.get(resource.config, key, "")
	is_string(text)
	state(resource, [key]) == "known"
}) | {text |
	some text in tags(resource)
	is_string(text)
}

# tags(resource) are its known tags or labels, with those that its provider adds.
tags(resource) := object.union(object.get(resource, ["provider", "tags"], {}), _own_tags(resource))

_own_tags(resource) := object.get(resource.config, "tags", object.get(resource.config, "labels", {})) if {
	is_object(object.get(resource.config, "tags", object.get(resource.config, "labels", {})))
} else := {}

# days(text) is a duration in days: P30D, P1M, PT720H, 2592000s, 720h0m0s.
days(text) := (((to_number(parts[1]) * 365) + (to_number(parts[2]) * 30)) + (to_number(parts[3]) * 7)) + to_number(parts[4]) if {
	regex.match(`^P([0-9]+[YMWD])+$`, text)
	parts := ["", _unit(text, "Y"), _unit(text, "M"), _unit(text, "W"), _unit(text, "D")]
} else := to_number(_unit(text, "H")) / 24 if {
	regex.match(`^PT[0-9]+H$`, text)
} else := ((to_number(_unit(text, "h")) / 24) + (to_number(_unit(text, "m")) / 1440)) + (to_number(_unit(text, "s")) / 86400) if {
	regex.match(`^([0-9]+(\.[0-9]+)?[hms])+$`, text)
}

_unit(text, unit) := found[0][1] if {
	found := regex.find_all_string_submatch_n(sprintf(`([0-9]+(?:\.[0-9]+)?)%s`, [unit]), text, 1)
	count(found) > 0
} else := "0"
