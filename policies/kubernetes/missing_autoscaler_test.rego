package opslint.rules.kubernetes.missing_autoscaler_test

import data.opslint.rules.kubernetes.missing_autoscaler as rule

_config := {"kubernetes": {"missing_autoscaler": {"autoscaler_kinds": ["ElasticScaler"], "serving_by_port": false}}}

_api := {"name": "api", "image": "shop/api:1", "ports": [{"name": "http", "containerPort": 8080}]}

_deployment(container) := {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": "orders"},
	"spec": {"replicas": 3, "template": {"metadata": {"labels": {"app": "orders"}}, "spec": {"containers": [container]}}},
}

_service := {
	"ref": "Service/orders",
	"name": "orders",
	"namespace": "",
	"type": "ClusterIP",
	"headless": false,
	"publish_not_ready": false,
	"ports": [{"index": 0, "name": "http", "port": 80, "target_port": "http", "protocol": "TCP", "known": true}],
}

_served := {"services_of": {"Deployment/orders": [_service]}}

_reported(workload, joins) := {finding.path | some finding in found} if {
	found := rule.deny with input as workload with data.config as _config with data.joins as joins
}

test_reports_deployment_behind_service if {
	_reported(_deployment(_api), _served) == {["metadata", "name"]}
}

test_suggests_a_range if {
	found := rule.deny with input as _deployment(_api) with data.config as _config with data.joins as _served
	{finding.msg | some finding in found} == {`Deployment "orders" has no autoscaler; start with minReplicas 3, maxReplicas 9`}
}

test_accepts_autoscaler if {
	joins := object.union(_served, {"autoscalers_of": {"Deployment/orders": [{"ref": "ScaledObject/orders", "kind": "ScaledObject", "name": "orders", "scales": "replicas", "paused": false}]}})
	_reported(_deployment(_api), joins) == set()
	rule.subject == {[]} with input as _deployment(_api) with data.config as _config with data.joins as joins
}

test_accepts_configured_kinds if {
	autoscaler := {"kind": "ElasticScaler", "metadata": {"name": "orders"}, "spec": {"scaleTargetRef": {"kind": "Deployment", "name": "orders"}}}
	count(rule.deny) == 0 with input as _deployment(_api) with data.config as _config
		with data.joins as _served
		with data.inventory as {"namespace": {"": {"example.com/v1": {"ElasticScaler": {"orders": autoscaler}}}}}
}

test_accepts_what_is_not_asked[name] if {
	some name, [container, change, joins] in {
		"no Service": [_api, {}, {}],
		"singleton": [_api, {"spec": {"strategy": {"type": "Recreate"}}}, _served],
		"switched off": [_api, {"spec": {"replicas": 0}}, _served],
		"database": [object.union(_api, {"image": "mysql:8"}), {}, _served],
		"interface": [object.union(_api, {"image": "dpage/pgadmin4:8"}), {}, _served],
		"infrastructure": [object.union(_api, {"image": "prom/blackbox-exporter:v1"}), {}, _served],
		"hook": [_api, {"metadata": {"annotations": {"helm.sh/hook": "test"}}}, _served],
	}
	_reported(object.union(_deployment(container), change), joins) == set()
}

test_accepts_anything_outside_production if {
	count(rule.subject) == 0 with input as _deployment(_api) with data.config as _config
		with data.joins as _served
		with data.environment as {"Deployment/orders": "nonproduction"}
}

test_ignores_unknown_neighbours if {
	joins := object.union(_served, {"unreadable": ["hpa.yaml"]})
	_reported(_deployment(_api), joins) == set()
	count(rule.undetermined) == 1 with input as _deployment(_api) with data.config as _config with data.joins as joins
}
