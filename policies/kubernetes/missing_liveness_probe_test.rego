package opslint.rules.kubernetes.missing_liveness_probe_test

import data.opslint.rules.kubernetes.missing_liveness_probe as rule

_config := {"kubernetes": {"missing_liveness_probe": {"databases": false}}}

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

test_reports_container_with_a_port if {
	found := rule.deny with input as _deployment(_api) with data.config as _config with data.joins as {}
	{finding.path | some finding in found} == {["spec", "template", "spec", "containers", 0, "name"]}
}

test_reports_serving_container_that_declares_no_port if {
	count(rule.deny) == 1 with input as _deployment({"name": "api"}) with data.config as _config with data.joins as _served
}

test_reports_only_what_a_service_leads_to_outside_production if {
	environment := {"Deployment/orders": "nonproduction"}
	count(rule.deny) == 1 with input as _deployment(_api) with data.config as _config with data.joins as _served with data.environment as environment
	count(rule.subject) == 0 with input as _deployment(_api) with data.config as _config with data.joins as {} with data.environment as environment
}

test_reports_databases_if_configured if {
	config := {"kubernetes": {"missing_liveness_probe": {"databases": true}}}
	container := {"name": "db", "image": "postgres:16", "ports": [{"containerPort": 5432}]}
	count(rule.deny) == 1 with input as _deployment(container) with data.config as config with data.joins as {}
}

test_accepts_probe if {
	container := object.union(_api, {"livenessProbe": {"httpGet": {"path": "/health", "port": 8080}}})
	count(rule.deny) == 0 with input as _deployment(container) with data.config as _config with data.joins as _served
	count(rule.subject) == 1 with input as _deployment(container) with data.config as _config with data.joins as _served
}

test_accepts_what_is_not_asked if {
	every container in [
		{"name": "worker", "image": "shop/worker:1"},
		{"name": "db", "image": "docker.io/library/postgres:16", "ports": [{"containerPort": 5432}]},
		{"name": "mq", "image": "rabbitmq:3", "ports": [{"containerPort": 5672}]},
		{"name": "tool", "command": ["sleep", "infinity"], "ports": [{"containerPort": 8080}]},
	] {
		count(rule.subject) == 0 with input as _deployment(container) with data.config as _config with data.joins as {}
	}
}

test_accepts_sidecars_and_jobs if {
	pair := object.union(_deployment({}), {"spec": {"template": {"spec": {"containers": [
		object.union(_api, {"livenessProbe": {"exec": {"command": ["true"]}}}),
		{"name": "istio-proxy", "ports": [{"containerPort": 15090}]},
	]}}}})
	job := {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "once"}, "spec": {"template": {"spec": {"containers": [_api]}}}}
	every workload in [pair, job] {
		count(rule.deny) == 0 with input as workload with data.config as _config with data.joins as {}
	}
}

test_ignores_unknown_probe_that_a_kustomization_sets if {
	joins := {"completed_by": {"Deployment/orders": [{"file": "kustomization.yaml", "paths": ["spec.template.spec.containers.livenessProbe", "spec.template.spec.containers.livenessProbe.httpGet"]}]}}
	count(rule.deny) == 0 with input as _deployment(_api) with data.config as _config with data.joins as joins
	count(rule.undetermined) == 1 with input as _deployment(_api) with data.config as _config with data.joins as joins
}
