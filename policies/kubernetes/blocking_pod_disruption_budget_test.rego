package opslint.rules.kubernetes.blocking_pod_disruption_budget_test

import data.opslint.rules.kubernetes.blocking_pod_disruption_budget as rule

_budget(spec) := {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "orders"}, "spec": object.union({"selector": {"matchLabels": {"app": "orders"}}}, spec)}

_joins(value) := {
	"effective_minimum": {"PodDisruptionBudget/orders": {"known": true, "value": value, "by": "sum"}},
	"workloads_of": {"PodDisruptionBudget/orders": [{"ref": "Deployment/orders", "effective_minimum": {"known": true, "value": value}}]},
}

_reported(spec, joins) := {[finding.path, object.get(finding, "severity", "error")] | some finding in found} if {
	found := rule.deny with input as _budget(spec) with data.joins as joins
}

test_reports_budgets_that_leave_nothing[name] if {
	some name, [spec, minimum] in {
		"all of two": [{"minAvailable": 2}, 2],
		"more than there are": [{"minAvailable": 3}, 2],
		"as text": [{"minAvailable": "2"}, 2],
		"most, rounded up": [{"minAvailable": "60%"}, 2],
		"all": [{"minAvailable": "100%"}, 5],
		"none away": [{"maxUnavailable": 0}, 5],
		"none away in percent": [{"maxUnavailable": "0%"}, 5],
	}
	[key] := [key | some key in object.keys(spec)]
	_reported(spec, _joins(minimum)) == {[["spec", key], "error"]}
}

test_reports_single_pods_as_warning if {
	_reported({"minAvailable": 1}, _joins(1)) == {[["spec", "minAvailable"], "warning"]}
}

test_reports_zero_without_known_workloads if {
	_reported({"maxUnavailable": 0}, {}) == {[["spec", "maxUnavailable"], "error"]}
	_reported({"minAvailable": "100%"}, {}) == {[["spec", "minAvailable"], "error"]}
}

test_says_how_many if {
	found := rule.deny with input as _budget({"minAvailable": 2}) with data.joins as _joins(2)
	{finding.msg | some finding in found} == {"minAvailable 2 of at least 2 pods: node drains will hang"}
}

test_reports_without_joins_by_the_inventory if {
	deployment := {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "orders"}, "spec": {"replicas": 2, "template": {"metadata": {"labels": {"app": "orders"}}, "spec": {}}}}
	found := rule.deny with input as _budget({"minAvailable": 2}) with data.inventory as {"namespace": {"": {"apps/v1": {"Deployment": {"orders": deployment}}}}}
	{finding.path | some finding in found} == {["spec", "minAvailable"]}
}

test_accepts_budgets_that_let_pods_go if {
	_reported({"maxUnavailable": 1}, _joins(2)) == set()
	_reported({"maxUnavailable": "1%"}, _joins(2)) == set()
	_reported({"minAvailable": 1}, _joins(2)) == set()
	_reported({"minAvailable": "50%"}, _joins(3)) == set()
	_reported({"minAvailable": 0}, _joins(1)) == set()
	rule.subject == {["spec"]} with input as _budget({"minAvailable": 1}) with data.joins as _joins(2)
}

test_accepts_workloads_that_are_switched_off if {
	_reported({"maxUnavailable": 0}, _joins(0)) == set()
}

test_ignores_unknown_workloads if {
	_reported({"minAvailable": 3}, {}) == set()
	count(rule.undetermined) == 1 with input as _budget({"minAvailable": 3}) with data.joins as {}
}

test_ignores_unknown_values if {
	_reported({"minAvailable": "${MIN}"}, _joins(2)) == set()
	count(rule.undetermined) == 1 with input as _budget({"minAvailable": "${MIN}"}) with data.joins as _joins(2)
}
