package opslint.rules.kubernetes.slow_startup_test

import data.opslint.rules.kubernetes.slow_startup as rule

_config := {"kubernetes": {"slow_startup": {"start": 10}}}

_startup := ["spec", "template", "spec", "containers", 0, "startupProbe"]

_api(startup) := {"name": "api", "image": "shop/api:1", "startupProbe": object.union({"httpGet": {"port": 8080}}, startup)}

_reported(container) := {finding.path | some finding in found} if {
	found := rule.deny with input as _deployment(container) with data.config as _config with data.joins as {}
}

_deployment(container) := {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": "orders"},
	"spec": {"replicas": 3, "template": {"metadata": {"labels": {"app": "orders"}}, "spec": {"containers": [container]}}},
}

test_reports_large_budgets_at_the_largest_factor[name] if {
	some name, [startup, path] in {
		"failures": [{"failureThreshold": 30, "periodSeconds": 10}, ["failureThreshold"]],
		"period": [{"failureThreshold": 2, "periodSeconds": 20}, ["periodSeconds"]],
		"delay": [{"initialDelaySeconds": 60, "periodSeconds": 1, "failureThreshold": 5}, ["initialDelaySeconds"]],
		"default failures": [{"periodSeconds": 5}, ["periodSeconds"]],
		"all defaults": [{}, []],
	}
	_reported(_api(startup)) == {array.concat(_startup, path)}
}

test_spells_the_sum if {
	found := rule.deny with input as _deployment(_api({"failureThreshold": 30})) with data.config as _config with data.joins as {}
	{finding.msg | some finding in found} == {`container "api" may take 300 s to start (0 + 10 × 30), limit 10 s`}
}

test_accepts_small_budgets if {
	every startup in [{"periodSeconds": 1, "failureThreshold": 10}, {"periodSeconds": 2, "failureThreshold": 4, "initialDelaySeconds": 2}, {"periodSeconds": "2", "failureThreshold": "5"}] {
		_reported(_api(startup)) == set()
	}
}

test_accepts_databases_and_stateful_workloads if {
	_reported(object.union(_api({"failureThreshold": 30}), {"image": "cassandra:4"})) == set()
	stateful := object.union(_deployment(_api({"failureThreshold": 30})), {"spec": {"template": {"spec": {"volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]}}}})
	count(rule.subject) == 0 with input as stateful with data.config as _config with data.joins as {}
}

test_ignores_unknown_settings if {
	_reported(_api({"failureThreshold": "{{ .Values.failures }}"})) == set()
	count(rule.undetermined) == 1 with input as _deployment(_api({"periodSeconds": "$(PERIOD)"})) with data.config as _config with data.joins as {}
}
