# METADATA
# title: Autoscaler of a workload that does not exist
# description: |
#   An autoscaler finds its target by kind and name when it runs; if there is none, it only writes an event, and the
#   workload that was meant never scales. The usual causes are a renamed workload and another namespace.
#
#   What counts: a HorizontalPodAutoscaler, KEDA ScaledObject or VerticalPodAutoscaler whose target is nowhere in the
#   workspace, although the workspace holds workloads of that kind, or one of that name with another kind.
#
#   Not decided: names with placeholders; workspaces with unreadable files or with Helm charts, which are not rendered;
#   a name that resembles no other beside Helm releases, values for charts that are not in the workspace or custom
#   resources, which may make the workload.
# custom:
#   id: kubernetes/dangling-autoscaler
#   severity: error
#   clauses: [OPS-SCL.1]
#   kinds: [HorizontalPodAutoscaler, ScaledObject, VerticalPodAutoscaler]
#   scope: workspace
#   remedy: name the kind and name of an existing workload in the same namespace
package opslint.rules.kubernetes.dangling_autoscaler

import data.opslint.lib.joins
import data.opslint.lib.kubernetes
import data.opslint.lib.unknown

subject contains _path if _judged

deny contains finding if {
	_judged
	_missed
	_decided
	not _other_kind

	finding := {
		"msg": sprintf("%s scales %s %q, which does not exist%s", [kubernetes.title, _missed.kind, _missed.name, _hint]),
		"path": array.concat(_path, ["name"]),
		"related": _related,
	}
}

deny contains finding if {
	_judged
	_missed
	_decided
	other := _other_kind

	finding := {
		"msg": sprintf("%s scales %s %q, but %q is a %s", [kubernetes.title, _missed.kind, _missed.name, _missed.name, other.kind]),
		"path": array.concat(_path, ["kind"]),
		"related": [{"ref": other.ref, "path": ["kind"], "msg": sprintf("this is the %s", [other.kind])}],
	}
}

undetermined contains {"path": _path, "msg": "the target may be in a file that could not be read, or in a Helm chart"} if {
	_judged
	_missed
	not _all_read
}

undetermined contains {"path": _path, "msg": "a Helm release or custom resource may make the target; check what is installed"} if {
	_judged
	_installed
	not _decided
}

undetermined contains {"path": _path, "msg": "the target is not known; fill in the placeholder"} if {
	is_object(object.get(input, _path, null))
	not _known
}

_path := ["spec", "targetRef"] if input.kind == "VerticalPodAutoscaler"

_path := ["spec", "scaleTargetRef"] if input.kind != "VerticalPodAutoscaler"

_judged if {
	is_string(object.get(input, array.concat(_path, ["name"]), null))
	_known
}

_known if {
	every key in ["kind", "name", "apiVersion"] {
		not unknown.is(object.get(input, array.concat(_path, [key]), ""))
	}
	not unknown.is(kubernetes.namespace_of(input))
}

_missed := joins.missed_target_of(input)

_all_read if {
	joins.complete
	count(joins.charts) == 0
}

_decided if {
	_all_read
	_missed.kind_present
	not _installed
}

_decided if {
	_all_read
	_elsewhere
}

_decided if {
	_all_read
	_missed.nearest[0]
}

# Something else may make the workload.
_installed if _missed.installs

_decided if {
	_all_read
	_other_kind
}

# A workload of the wanted name in the same namespace that is of another kind.
_other_kind := others[0] if {
	others := [other |
		some other in _missed.same_name
		other.kind != _missed.kind
		other.namespace in {kubernetes.namespace_of(input), ""}
	]
}

_elsewhere := others[0] if {
	others := [other | some other in _missed.same_name; other.kind == _missed.kind]
}

_hint := sprintf(" here; there is one in namespace %q", [_elsewhere.namespace]) if {
	_elsewhere
} else := sprintf("; nearest is %q", [_missed.nearest[0].name]) if {
	_missed.nearest[0]
} else := ""

_related := [{"ref": _elsewhere.ref, "path": ["metadata", "namespace"], "msg": "the same name in another namespace"}] if {
	_elsewhere
} else := [{"ref": nearest.ref, "path": ["metadata", "name"], "msg": sprintf("the nearest %s", [_missed.kind])} |
	some nearest in _missed.nearest
]
