package opslint.rules.kubernetes.missing_pod_disruption_budget_test

import data.opslint.rules.kubernetes.missing_pod_disruption_budget as rule

_joins(value) := {"effective_minimum": {"Deployment/orders": {"known": true, "value": value, "by": "replicas", "path": ["spec", "replicas"]}}}

_deployment(container) := {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": "orders"},
	"spec": {"replicas": 3, "template": {"metadata": {"labels": {"app": "orders"}}, "spec": {"containers": [container]}}},
}

_reported(workload, joins) := {finding.path | some finding in found} if {
	found := rule.deny with input as workload with data.joins as joins
}

test_reports_replicated_workload if {
	_reported(_deployment({"name": "api"}), _joins(2)) == {["metadata", "name"]}
}

test_reports_without_joins_by_the_inventory if {
	other := {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "web"}, "spec": {"maxUnavailable": 1, "selector": {"matchLabels": {"app": "web"}}}}
	inventory := {"namespace": {"": {"policy/v1": {"PodDisruptionBudget": {"web": other}}}}}
	found := rule.deny with input as _deployment({"name": "api"}) with data.inventory as inventory
	{finding.path | some finding in found} == {["metadata", "name"]}
}

test_accepts_budget if {
	joins := object.union(_joins(3), {"budgets_of": {"Deployment/orders": [{"ref": "PodDisruptionBudget/orders", "name": "orders", "namespace": ""}]}})
	_reported(_deployment({"name": "api"}), joins) == set()
	rule.subject == {[]} with input as _deployment({"name": "api"}) with data.joins as joins
}

test_accepts_what_is_not_asked if {
	_reported(_deployment({"name": "api"}), _joins(1)) == set()
	_reported(_deployment({"name": "tool", "command": ["sleep", "infinity"]}), _joins(2)) == set()
	_reported(object.union(_deployment({"name": "api"}), {"metadata": {"annotations": {"helm.sh/hook": "test"}}}), _joins(2)) == set()
	count(rule.subject) == 0 with input as _deployment({"name": "api"}) with data.joins as _joins(2)
		with data.environment as {"Deployment/orders": "nonproduction"}
}

test_accepts_rollouts_of_another_workload if {
	rollout := {"apiVersion": "argoproj.io/v1alpha1", "kind": "Rollout", "metadata": {"name": "orders"}, "spec": {"replicas": 3, "workloadRef": {"kind": "Deployment", "name": "orders"}}}
	_reported(rollout, {"effective_minimum": {"Rollout/orders": {"known": true, "value": 3, "by": "replicas"}}}) == set()
}

test_ignores_unknown_labels if {
	workload := object.union(_deployment({"name": "api"}), {"spec": {"template": {"metadata": {"labels": {"app": "${APP}"}}}}})
	_reported(workload, _joins(2)) == set()
	count(rule.undetermined) == 1 with input as workload with data.joins as _joins(2)
}

test_ignores_unknown_minimum if {
	_reported(_deployment({"name": "api"}), {"effective_minimum": {"Deployment/orders": {"known": false, "by": "replicas"}}}) == set()
}

test_ignores_unknown_neighbours if {
	joins := object.union(_joins(2), {"unreadable": ["budget.yaml"]})
	_reported(_deployment({"name": "api"}), joins) == set()
	count(rule.undetermined) == 1 with input as _deployment({"name": "api"}) with data.joins as joins
}
