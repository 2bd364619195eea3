package opslint.rules.kubernetes.single_replica_test

import data.opslint.rules.kubernetes.single_replica as rule

_config := {"kubernetes": {"single_replica": {"minimum": 2}}}

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

_minimum(value, by) := {"known": true, "value": value, "by": by, "ref": "Deployment/orders", "path": ["spec", "replicas"]}

_joins(minimum) := object.union(_served, {"effective_minimum": {"Deployment/orders": minimum}})

_reported(workload, joins) := {finding.path | some finding in found} if {
	found := rule.deny with input as workload with data.config as _config with data.joins as joins
}

_autoscaler := {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "orders"}, "spec": {"minReplicas": 1, "maxReplicas": 5}}

_scaled := {"targets_of": {"HorizontalPodAutoscaler/orders": [{
	"ref": "Deployment/orders",
	"kind": "Deployment",
	"name": "orders",
	"namespace": "",
	"effective_minimum": {"known": true, "value": 1, "by": "autoscaler", "ref": "HorizontalPodAutoscaler/orders", "path": ["spec", "minReplicas"]},
	"services": [_service],
	"nonproduction": false,
	"object": _deployment(_api),
}]}}

test_reports_one_replica if {
	_reported(_deployment(_api), _joins(_minimum(1, "replicas"))) == {["spec", "replicas"]}
	_reported(_deployment(_api), _joins({"known": true, "value": 1, "by": "default", "path": ["spec"]})) == {["spec"]}
}

test_reports_minimum_of_autoscaler_in_the_autoscaler if {
	_reported(_autoscaler, _scaled) == {["spec", "minReplicas"]}
	_reported(_deployment(_api), _joins(_minimum(1, "autoscaler"))) == set()
}

test_leaves_the_minimum_to_the_autoscaler_that_decides if {
	second := json.patch(_autoscaler, [{"op": "replace", "path": "/metadata/name", "value": "orders-gpu"}])
	_reported(second, {"targets_of": {"HorizontalPodAutoscaler/orders-gpu": _scaled.targets_of["HorizontalPodAutoscaler/orders"]}}) == set()
}

test_reports_without_joins_by_the_inventory if {
	service := {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "orders"}, "spec": {"selector": {"app": "orders"}, "ports": [{"port": 80, "targetPort": 8080}]}}
	deployment := object.remove(_deployment(_api), [])
	one := json.patch(deployment, [{"op": "replace", "path": "/spec/replicas", "value": 1}])
	inventory := {"namespace": {"": {"v1": {"Service": {"orders": service}}, "apps/v1": {"Deployment": {"orders": one}}}}}
	found := rule.deny with input as one with data.config as _config with data.inventory as inventory
	{finding.path | some finding in found} == {["spec", "replicas"]}
}

test_accepts_two_replicas if {
	_reported(_deployment(_api), _joins(_minimum(2, "replicas"))) == set()
	rule.subject == {[]} with input as _deployment(_api) with data.config as _config with data.joins as _joins(_minimum(2, "replicas"))
}

test_accepts_singletons[name] if {
	some name, change in {
		"recreate": {"spec": {"strategy": {"type": "Recreate"}}},
		"annotation": {"metadata": {"annotations": {"opslint.dev/singleton": "holds the lock file"}}},
		"switched off": {"spec": {"replicas": 0}},
		"claim": {"spec": {"template": {"spec": {"volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]}}}},
		"disk": {"spec": {"template": {"spec": {"volumes": [{"name": "data", "gcePersistentDisk": {"pdName": "data"}}]}}}},
		"claim templates": {"kind": "StatefulSet", "spec": {"volumeClaimTemplates": [{"metadata": {"name": "data"}}]}},
		"leader election": {"spec": {"template": {"spec": {"containers": [object.union(_api, {"args": ["--leader-elect"]})]}}}},
		"database": {"spec": {"template": {"spec": {"containers": [object.union(_api, {"image": "redis:7"})]}}}},
		"interface": {"spec": {"template": {"spec": {"containers": [object.union(_api, {"image": "grafana/grafana:12.0.0"})]}}}},
		"operator": {"spec": {"template": {"spec": {"containers": [object.union(_api, {"image": "grafana/rollout-operator:v0.30.0"})]}}}},
		"no traffic": {"spec": {"template": {"spec": {"containers": [{"name": "worker"}]}}}},
	}
	joins := {"effective_minimum": {"Deployment/orders": _minimum(1, "replicas"), "StatefulSet/orders": _minimum(1, "replicas")}}
	_reported(object.union(_deployment(_api), change), joins) == set()
}

test_reports_claims_that_many_nodes_can_write if {
	workload := object.union(_deployment(_api), {"spec": {"template": {"spec": {"volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]}}}})
	shared := {"claims_of": {"Deployment/orders": [{"index": 0, "claim": "data", "access_modes": ["ReadWriteMany"], "known": true}]}}
	_reported(workload, object.union(shared, _joins(_minimum(1, "replicas")))) == {["spec", "replicas"]}
}

test_accepts_anything_outside_production if {
	count(rule.subject) == 0 with input as _deployment(_api) with data.config as _config
		with data.joins as _joins(_minimum(1, "replicas"))
		with data.environment as {"Deployment/orders": "nonproduction"}
}

test_ignores_unknown_replicas if {
	joins := _joins({"known": false, "by": "replicas"})
	_reported(_deployment(_api), joins) == set()
	count(rule.undetermined) == 1 with input as _deployment(_api) with data.config as _config with data.joins as joins
}

test_ignores_unknown_replicas_of_an_overlay if {
	joins := _joins({"known": false, "by": "overlay"})
	_reported(_deployment(_api), joins) == set()
	some said in rule.undetermined with input as _deployment(_api) with data.config as _config with data.joins as joins
	contains(said.msg, "kustomization")
}
