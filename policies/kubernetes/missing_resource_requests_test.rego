package opslint.rules.kubernetes.missing_resource_requests_test

import data.opslint.rules.kubernetes.missing_resource_requests as rule

_container := ["spec", "template", "spec", "containers", 0]

_deployment(container) := {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": "orders"},
	"spec": {"replicas": 3, "template": {"metadata": {"labels": {"app": "orders"}}, "spec": {"containers": [container]}}},
}

_reported(container, joins) := {finding.path | some finding in found} if {
	found := rule.deny with input as _deployment(object.union({"name": "api"}, container)) with data.joins as joins
}

test_reports_missing_requests_where_they_belong if {
	_reported({}, {}) == {array.concat(_container, ["name"])}
	_reported({"resources": null}, {}) == {array.concat(_container, ["resources"])}
	_reported({"resources": {}}, {}) == {array.concat(_container, ["resources", "requests"])}
	_reported({"resources": {"requests": {"cpu": "100m"}}}, {}) == {array.concat(_container, ["resources", "requests"])}
}

test_reports_jobs if {
	job := object.union(_deployment({"name": "api"}), {"apiVersion": "batch/v1", "kind": "Job"})
	count(rule.deny) == 1 with input as job with data.joins as {}
}

test_accepts_requests_and_limits if {
	_reported({"resources": {"requests": {"cpu": "100m", "memory": "64Mi"}}}, {}) == set()
	_reported({"resources": {"limits": {"cpu": 1, "memory": "64Mi"}}}, {}) == set()
	_reported({"resources": {"requests": {"cpu": "100m"}, "limits": {"memory": "64Mi"}}}, {}) == set()
	rule.subject == {_container} with input as _deployment({"name": "api"}) with data.joins as {}
}

test_accepts_requests_from_elsewhere if {
	_reported({}, {"limit_ranges_of": {"Deployment/orders": [{"ref": "LimitRange/orders", "name": "orders", "resources": ["cpu", "memory"]}]}}) == set()
	_reported({}, {"requests_set": {"Deployment/orders": true}}) == set()
	pod := object.union(_deployment({"name": "api"}), {"spec": {"template": {"spec": {"resources": {"requests": {"cpu": "1", "memory": "1Gi"}}}}}})
	count(rule.deny) == 0 with input as pod with data.joins as {}
}

test_accepts_what_is_not_asked if {
	_reported({"command": ["sleep", "infinity"]}, {}) == set()
	count(rule.subject) == 0 with input as _deployment({"name": "api"}) with data.joins as {} with data.environment as {"Deployment/orders": "nonproduction"}
	sidecar := object.union(_deployment({}), {"spec": {"template": {"spec": {
		"containers": [
			{"name": "api", "resources": {"limits": {"cpu": 1, "memory": "64Mi"}}},
			{"name": "istio-proxy"},
		],
		"initContainers": [{"name": "wait"}],
	}}}})
	count(rule.deny) == 0 with input as sidecar with data.joins as {}
}

test_ignores_unknown_resources if {
	_reported({"resources": "${RESOURCES}"}, {}) == set()
	_reported({"resources": {"requests": "${REQUESTS}"}}, {}) == set()
	count(rule.undetermined) == 1 with input as _deployment({"name": "api", "resources": "${RESOURCES}"}) with data.joins as {}
}

test_ignores_unknown_resources_of_an_overlay if {
	joins := {"completed_by": {"Deployment/orders": [{"file": "kustomization.yaml", "paths": ["spec.template.spec.containers.resources", "spec.template.spec.containers.resources.requests.cpu"]}]}}
	_reported({}, joins) == set()
	count(rule.undetermined) == 1 with input as _deployment({"name": "api"}) with data.joins as joins
}
