# METADATA
# title: Grace period that is too short
# description: The kernel kills what has not ended by then.
# custom:
#   id: kubernetes/short-grace
#   severity: warning
#   clauses: [OPS-9.3]
#   kinds: [Deployment, StatefulSet]
#   remedy: raise terminationGracePeriodSeconds
#   parameters:
#     shutdown:
#       type: duration
#       standard: shutdown
#       description: how long a shutdown may take
package opslint.rules.kubernetes.short_grace

deny contains finding if {
	seconds := input.spec.template.spec.terminationGracePeriodSeconds
	is_number(seconds)
	seconds < data.config.kubernetes.short_grace.shutdown

	finding := {
		"msg": sprintf("grace period of %d s is shorter than %d s", [seconds, data.config.kubernetes.short_grace.shutdown]),
		"path": ["spec", "template", "spec", "terminationGracePeriodSeconds"],
	}
}

undetermined contains finding if {
	seconds := input.spec.template.spec.terminationGracePeriodSeconds
	is_string(seconds)

	finding := {
		"msg": sprintf("grace period %q is not known", [seconds]),
		"path": ["spec", "template", "spec", "terminationGracePeriodSeconds"],
	}
}
