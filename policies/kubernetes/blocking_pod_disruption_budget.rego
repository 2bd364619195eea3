# METADATA
# title: PodDisruptionBudget that permits no eviction
# description: |
#   A budget that leaves no pod to evict makes every node drain hang, and with it cluster upgrades and scale-down, until
#   somebody deletes pods by hand.
#
#   What counts: `maxUnavailable` of 0 or 0 %, `minAvailable` of 100 %, and a `minAvailable` that is not below the number
#   of pods that the selected workloads have at least (their autoscaler's minimum counts, percentages round up). Where
#   that number is 1 it is a warning: more replicas, rather than another budget, are missing.
#
#   Not reported: workloads that are switched off. If the selected workloads are not known, only 0 and 100 % are judged.
# custom:
#   id: kubernetes/blocking-pod-disruption-budget
#   severity: error
#   clauses: [OPS-3.1]
#   kinds: [PodDisruptionBudget]
#   scope: workspace
#   remedy: set maxUnavailable to 1 instead
package opslint.rules.kubernetes.blocking_pod_disruption_budget

import data.opslint.lib.joins
import data.opslint.lib.kubernetes
import data.opslint.lib.quantity

subject contains ["spec"] if count(_written) > 0

deny contains finding if {
	some key, value in _written
	not kubernetes.completed(["spec", key])
	_blocks(key, value)
	not _switched_off

	finding := object.union(_severity, {
		"msg": sprintf("%s %v%s: node drains will hang", [key, value, _pods]),
		"path": ["spec", key],
	})
}

undetermined contains {"path": ["spec", key], "msg": "the number of pods is not known; fill in the placeholder or the missing workload"} if {
	some key, value in _written
	not _blocks(key, value)
	not _decidable(key, value)
}

_written[key] := input.spec[key] if {
	some key in ["maxUnavailable", "minAvailable"]
	object.get(input, ["spec", key], null) != null
}

_blocks("maxUnavailable", value) if quantity.scaled(value, 100) == 0

_blocks("minAvailable", value) if quantity.percentage(value) >= 100

_blocks("minAvailable", value) if {
	quantity.scaled(value, _minimum) >= _minimum
	quantity.scaled(value, _minimum) > 0
}

_decidable("maxUnavailable", value) if quantity.scaled(value, 100)

_decidable("minAvailable", value) if quantity.scaled(value, _minimum)

# The number of pods at least; undefined if something selected has no such number.
_minimum := entry.value if {
	entry := joins.effective_minimum_of(input)
	entry.known
	every workload in joins.workloads_of(input) {
		workload.effective_minimum.known
	}
}

_switched_off if _minimum == 0

_severity := {"severity": "warning"} if _minimum == 1

_severity := {} if not _minimum == 1

_pods := sprintf(" of at least %v pods", [_minimum]) if {
	_minimum > 1
} else := " of at least 1 pod" if {
	_minimum == 1
} else := ""
