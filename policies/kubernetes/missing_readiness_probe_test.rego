package opslint.rules.kubernetes.missing_readiness_probe_test

import data.opslint.rules.kubernetes.missing_readiness_probe as rule

_config := {"kubernetes": {"missing_readiness_probe": {"by_port": true}}}

_api := {"name": "api", "ports": [{"name": "http", "containerPort": 8080}]}

_name := ["spec", "template", "spec", "containers", 0, "name"]

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

test_reports_container_behind_service if {
	found := rule.deny with input as _deployment(_api) with data.config as _config with data.joins as _served
	{[finding.path, object.get(finding, "severity", "error")] | some finding in found} == {[_name, "error"]}
}

test_reports_container_with_port_only_as_warning if {
	found := rule.deny with input as _deployment(_api) with data.config as _config with data.joins as {}
	{[finding.path, finding.severity] | some finding in found} == {[_name, "warning"]}
}

test_reports_only_what_a_service_leads_to_outside_production if {
	environment := {"Deployment/orders": "nonproduction"}
	found := rule.deny with input as _deployment(_api) with data.config as _config with data.joins as _served with data.environment as environment
	{finding.severity | some finding in found} == {"warning"}
	count(rule.subject) == 0 with input as _deployment(_api) with data.config as _config with data.joins as {} with data.environment as environment
}

test_reports_empty_probe if {
	some empty in [{}, null]
	container := object.union(_api, {"readinessProbe": empty})
	count(rule.deny) == 1 with input as _deployment(container) with data.config as _config with data.joins as _served
}

test_reports_container_that_only_has_a_startup_probe if {
	container := object.union(_api, {"startupProbe": {"tcpSocket": {"port": 8080}}})
	count(rule.deny) == 1 with input as _deployment(container) with data.config as _config with data.joins as _served
}

test_reports_native_sidecar_that_owns_the_port if {
	deployment := object.union(_deployment({"name": "worker"}), {"spec": {"template": {"spec": {"initContainers": [object.union(_api, {"restartPolicy": "Always"})]}}}})
	found := rule.deny with input as deployment with data.config as _config with data.joins as _served
	{finding.path | some finding in found} == {["spec", "template", "spec", "initContainers", 0, "name"]}
}

test_reports_without_joins_by_the_inventory if {
	service := {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "orders"}, "spec": {"selector": {"app": "orders"}, "ports": [{"port": 80, "targetPort": 8080}]}}
	inventory := {"namespace": {"": {"v1": {"Service": {"orders": service}}}}}
	found := rule.deny with input as _deployment(_api) with data.config as _config with data.inventory as inventory
	{[finding.path, finding.related[0].ref] | some finding in found} == {[_name, "Service/orders"]}
}

test_accepts_probe if {
	container := object.union(_api, {"readinessProbe": {"httpGet": {"port": "http"}}})
	count(rule.deny) == 0 with input as _deployment(container) with data.config as _config with data.joins as _served
	rule.subject == {["spec", "template", "spec", "containers", 0]} with input as _deployment(container) with data.config as _config with data.joins as _served
}

test_accepts_headless_service_that_publishes_early if {
	early := object.union(_service, {"headless": true, "publish_not_ready": true})
	count(rule.subject) == 0 with input as _deployment(_api) with data.config as _config with data.joins as {"services_of": {"Deployment/orders": [early]}}
}

test_accepts_containers_beside_the_owner_of_the_port if {
	deployment := object.union(_deployment({}), {"spec": {"template": {"spec": {"containers": [
		object.union(_api, {"readinessProbe": {"httpGet": {"port": "http"}}}),
		{"name": "helper", "ports": [{"containerPort": 9999}]},
	]}}}})
	count(rule.deny) == 0 with input as deployment with data.config as _config with data.joins as _served
}

test_accepts_what_receives_no_traffic if {
	every container in [
		{"name": "worker"},
		{"name": "exporter", "ports": [{"name": "metrics", "containerPort": 9090}]},
		{"name": "tool", "command": ["sleep", "infinity"], "ports": [{"containerPort": 8080}]},
	] {
		count(rule.subject) == 0 with input as _deployment(container) with data.config as _config with data.joins as {}
	}
}

test_accepts_ports_without_service_if_configured if {
	config := {"kubernetes": {"missing_readiness_probe": {"by_port": false}}}
	count(rule.subject) == 0 with input as _deployment(_api) with data.config as config with data.joins as {}
}

test_accepts_one_shot_workloads if {
	hook := object.union(_deployment(_api), {"metadata": {"annotations": {"helm.sh/hook": "pre-install"}}})
	pod := {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "once"}, "spec": {"restartPolicy": "Never", "containers": [_api]}}
	every workload in [hook, pod] {
		count(rule.subject) == 0 with input as workload with data.config as _config with data.joins as {}
	}
}

test_ignores_unknown_probe_that_a_kustomization_sets if {
	joins := object.union(_served, {"completed_by": {"Deployment/orders": [{
		"file": "kustomization.yaml",
		"paths": ["spec.template.spec.containers.readinessProbe"],
	}]}})
	count(rule.deny) == 0 with input as _deployment(_api) with data.config as _config with data.joins as joins
	count(rule.undetermined) == 1 with input as _deployment(_api) with data.config as _config with data.joins as joins
}
