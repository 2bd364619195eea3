package opslint.rules.kubernetes.replicas_fought_by_autoscaler_test

import data.opslint.rules.kubernetes.replicas_fought_by_autoscaler as rule

_autoscaler := {"ref": "HorizontalPodAutoscaler/orders", "kind": "HorizontalPodAutoscaler", "name": "orders", "scales": "replicas", "paused": false}

_joins(change) := {"autoscalers_of": {"Deployment/orders": [object.union(_autoscaler, change)]}}

_deployment(container) := {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": "orders"},
	"spec": {"replicas": 3, "template": {"metadata": {"labels": {"app": "orders"}}, "spec": {"containers": [container]}}},
}

_reported(workload, joins) := {finding.path | some finding in found} if {
	found := rule.deny with input as workload with data.joins as joins
}

test_reports_replicas_beside_autoscaler if {
	_reported(_deployment({"name": "api"}), _joins({})) == {["spec", "replicas"]}
}

test_counts_in_the_message if {
	one := json.patch(_deployment({"name": "api"}), [{"op": "replace", "path": "/spec/replicas", "value": 1}])
	some finding in rule.deny with input as one with data.joins as _joins({})
	contains(finding.msg, "writes 1 replica,")
}

test_accepts_unset_replicas if {
	workload := json.remove(_deployment({"name": "api"}), ["/spec/replicas"])
	_reported(workload, _joins({})) == set()
	rule.subject == {[]} with input as workload with data.joins as _joins({})
}

test_accepts_what_fights_nothing if {
	workload := _deployment({"name": "api"})
	_reported(workload, {}) == set()
	_reported(workload, _joins({"scales": "requests"})) == set()
	_reported(workload, _joins({"paused": true})) == set()
	_reported(workload, object.union(_joins({}), {"replicas_ignored": {"Deployment/orders": true}})) == set()
	_reported(object.union(workload, {"spec": {"replicas": 0}}), _joins({})) == set()
}

test_ignores_unknown_replicas if {
	_reported(object.union(_deployment({"name": "api"}), {"spec": {"replicas": "${REPLICAS}"}}), _joins({})) == set()
	overlay := object.union(_joins({}), {"completed_by": {"Deployment/orders": [{"file": "kustomization.yaml", "paths": ["spec.replicas"]}]}})
	_reported(_deployment({"name": "api"}), overlay) == set()
	count(rule.undetermined) == 1 with input as _deployment({"name": "api"}) with data.joins as overlay
}
