package opslint.rules.kubernetes.slow_readiness_test

import data.opslint.rules.kubernetes.slow_readiness as rule

_config := {"kubernetes": {"slow_readiness": {"ready": 30}}}

_api(readiness) := {"name": "api", "image": "shop/api:1", "ports": [{"name": "http", "containerPort": 8080}], "readinessProbe": readiness}

_probe := ["spec", "template", "spec", "containers", 0, "readinessProbe"]

_reported(container) := {finding.path | some finding in found} if {
	found := rule.deny with input as _deployment(container) with data.config as _config with data.joins as {}
}

_deployment(container) := {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": "orders"},
	"spec": {"replicas": 3, "template": {"metadata": {"labels": {"app": "orders"}}, "spec": {"containers": [container]}}},
}

test_reports_late_readiness_at_the_largest_part[name] if {
	some name, [readiness, key] in {
		"delay": [{"initialDelaySeconds": 30, "periodSeconds": 15}, "initialDelaySeconds"],
		"period": [{"initialDelaySeconds": 5, "periodSeconds": 60}, "periodSeconds"],
		"successes": [{"periodSeconds": 10, "successThreshold": 4}, "periodSeconds"],
		"default period": [{"initialDelaySeconds": 21}, "initialDelaySeconds"],
		"numbers as text": [{"initialDelaySeconds": "30"}, "initialDelaySeconds"],
	}
	_reported(_api(object.union({"httpGet": {"port": "http"}}, readiness))) == {array.concat(_probe, [key])}
}

test_reports_at_the_probe_if_nothing_of_the_sum_is_written if {
	config := {"kubernetes": {"slow_readiness": {"ready": 5}}}
	found := rule.deny with input as _deployment(_api({"httpGet": {"port": "http"}})) with data.config as config with data.joins as {}
	{finding.path | some finding in found} == {_probe}
}

test_spells_the_sum if {
	container := _api({"httpGet": {"port": "http"}, "initialDelaySeconds": 30, "periodSeconds": 15})
	found := rule.deny with input as _deployment(container) with data.config as _config with data.joins as {}
	{finding.msg | some finding in found} == {`container "api" becomes ready after up to 45 s (initialDelay 30 + period 15 × success 1), limit 30 s`}
}

test_reports_late_startup_tick_at_the_startup_probe if {
	container := object.union(_api({"httpGet": {"port": "http"}}), {"startupProbe": {"initialDelaySeconds": 25, "periodSeconds": 5, "httpGet": {"port": "http"}}})
	_reported(container) == {["spec", "template", "spec", "containers", 0, "startupProbe", "initialDelaySeconds"]}
}

test_reports_databases_as_warning if {
	container := object.union(_api({"initialDelaySeconds": 60, "exec": {"command": ["pg_isready"]}}), {"image": "postgres:16"})
	found := rule.deny with input as _deployment(container) with data.config as _config with data.joins as {}
	{finding.severity | some finding in found} == {"warning"}
}

test_accepts_readiness_in_time if {
	every readiness in [{}, {"initialDelaySeconds": 20}, {"initialDelaySeconds": 20, "periodSeconds": 10}, {"periodSeconds": 30}, {"failureThreshold": 100}] {
		_reported(_api(object.union({"httpGet": {"port": "http"}}, readiness))) == set()
	}
}

test_accepts_long_startup_permission if {
	container := object.union(_api({"httpGet": {"port": "http"}}), {"startupProbe": {"failureThreshold": 60, "periodSeconds": 5, "httpGet": {"port": "http"}}})
	_reported(container) == set()
}

test_ignores_unknown_settings if {
	container := _api({"httpGet": {"port": "http"}, "initialDelaySeconds": "${DELAY}", "periodSeconds": 60})
	_reported(container) == set()
	count(rule.undetermined) == 1 with input as _deployment(container) with data.config as _config with data.joins as {}
}

test_ignores_unknown_settings_of_an_overlay if {
	container := _api({"httpGet": {"port": "http"}, "initialDelaySeconds": 60})
	joins := {"completed_by": {"Deployment/orders": [{"file": "kustomization.yaml", "paths": ["spec.template.spec.containers.readinessProbe", "spec.template.spec.containers.readinessProbe.initialDelaySeconds"]}]}}
	count(rule.deny) == 0 with input as _deployment(container) with data.config as _config with data.joins as joins
	count(rule.undetermined) == 1 with input as _deployment(container) with data.config as _config with data.joins as joins
}
