package opslint.rules.kubernetes.dangling_autoscaler_test

import data.opslint.rules.kubernetes.dangling_autoscaler as rule

_autoscaler := {
	"apiVersion": "autoscaling/v2",
	"kind": "HorizontalPodAutoscaler",
	"metadata": {"name": "orders", "namespace": "shop"},
	"spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "orders"}},
}

_missed(change) := {"missed_target_of": {"HorizontalPodAutoscaler/shop/orders": object.union({"kind": "Deployment", "name": "orders", "kind_present": true, "same_name": [], "nearest": []}, change)}}

_reported(joins) := {finding.path | some finding in found} if {
	found := rule.deny with input as _autoscaler with data.joins as joins
}

test_reports_missing_target_at_its_name if {
	_reported(_missed({})) == {["spec", "scaleTargetRef", "name"]}
}

test_ignores_unknown_target_that_a_chart_may_install if {
	joins := _missed({"installs": true})
	_reported(joins) == set()
	count(rule.undetermined) == 1 with input as _autoscaler with data.joins as joins
}

test_reports_misspelt_target_also_beside_charts if {
	_reported(_missed({"installs": true, "nearest": [{"ref": "Deployment/shop/order", "kind": "Deployment", "name": "order"}]})) == {["spec", "scaleTargetRef", "name"]}
}

test_names_the_nearest if {
	found := rule.deny with input as _autoscaler with data.joins as _missed({"nearest": [{"ref": "Deployment/shop/order", "kind": "Deployment", "name": "order"}]})
	{[finding.msg, finding.related[0].ref] | some finding in found} == {[
		`HorizontalPodAutoscaler "orders" scales Deployment "orders", which does not exist; nearest is "order"`,
		"Deployment/shop/order",
	]}
}

test_names_the_other_namespace if {
	found := rule.deny with input as _autoscaler with data.joins as _missed({"same_name": [{"ref": "Deployment/web/orders", "kind": "Deployment", "namespace": "web"}]})
	{[finding.path, finding.related[0].ref] | some finding in found} == {[["spec", "scaleTargetRef", "name"], "Deployment/web/orders"]}
}

test_reports_other_kind_at_the_kind if {
	_reported(_missed({"kind_present": false, "same_name": [{"ref": "StatefulSet/shop/orders", "kind": "StatefulSet", "namespace": "shop"}]})) == {["spec", "scaleTargetRef", "kind"]}
}

test_reports_vertical_autoscalers if {
	vertical := {"kind": "VerticalPodAutoscaler", "metadata": {"name": "orders"}, "spec": {"targetRef": {"kind": "Deployment", "name": "orders"}}}
	found := rule.deny with input as vertical with data.joins as {"missed_target_of": {"VerticalPodAutoscaler/orders": {"kind": "Deployment", "name": "orders", "kind_present": true, "same_name": [], "nearest": []}}}
	{finding.path | some finding in found} == {["spec", "targetRef", "name"]}
}

test_reports_without_joins_by_the_inventory if {
	other := {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": "shop"}, "spec": {}}
	found := rule.deny with input as _autoscaler with data.inventory as {"namespace": {"shop": {"apps/v1": {"Deployment": {"web": other}}}}}
	{finding.path | some finding in found} == {["spec", "scaleTargetRef", "name"]}
}

test_accepts_found_target if {
	_reported({"targets_of": {}}) == set()
	rule.subject == {["spec", "scaleTargetRef"]} with input as _autoscaler with data.joins as {}
}

test_accepts_workspaces_without_such_workloads if {
	_reported(_missed({"kind_present": false})) == set()
}

test_ignores_unknown_neighbours if {
	every joins in [{"unreadable": ["web.yaml"]}, {"charts": ["chart"]}] {
		_reported(object.union(_missed({}), joins)) == set()
		count(rule.undetermined) == 1 with input as _autoscaler with data.joins as object.union(_missed({}), joins)
	}
}

test_ignores_unknown_names if {
	unknown := object.union(_autoscaler, {"spec": {"scaleTargetRef": {"name": "${APP}"}}})
	count(rule.deny) == 0 with input as unknown with data.joins as {}
	count(rule.undetermined) == 1 with input as unknown with data.joins as {}
}
