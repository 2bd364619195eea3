package opslint.rules.kubernetes.short_termination_grace_test

import data.opslint.rules.kubernetes.short_termination_grace as rule

_config := {"kubernetes": {"short_termination_grace": {"shutdown": 30}}}

_path := ["spec", "template", "spec", "terminationGracePeriodSeconds"]

_graced(grace) := object.union(_deployment({"name": "api"}), {"spec": {"template": {"spec": {"terminationGracePeriodSeconds": grace}}}})

_reported(workload) := {finding.path | some finding in found} if {
	found := rule.deny with input as workload with data.config as _config with data.joins as {}
}

_deployment(container) := {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": "orders"},
	"spec": {"replicas": 3, "template": {"metadata": {"labels": {"app": "orders"}}, "spec": {"containers": [container]}}},
}

test_reports_short_grace if {
	every grace in [0, 5, 29, "10"] {
		_reported(_graced(grace)) == {_path}
	}
}

test_reports_daemon_sets_and_pods if {
	_reported(object.union(_graced(5), {"kind": "DaemonSet"})) == {_path}
	_reported({"kind": "Pod", "metadata": {"name": "api"}, "spec": {"terminationGracePeriodSeconds": 1, "containers": [{"name": "api"}]}}) == {["spec", "terminationGracePeriodSeconds"]}
}

test_accepts_default_and_longer_grace if {
	_reported(_deployment({"name": "api"})) == set()
	_reported(_graced(30)) == set()
	_reported(_graced(120)) == set()
	rule.subject == {["spec", "template", "spec"]} with input as _graced(30) with data.config as _config with data.joins as {}
}

test_accepts_what_is_not_asked if {
	idle := object.union(_graced(0), {"spec": {"template": {"spec": {"containers": [{"name": "tool", "command": ["sleep", "infinity"]}]}}}})
	hook := object.union(_graced(5), {"metadata": {"annotations": {"helm.sh/hook": "test"}}})
	job := object.union(_graced(5), {"kind": "Job"})
	probe := _deployment({"name": "api", "livenessProbe": {"terminationGracePeriodSeconds": 5}})
	every workload in [idle, hook, job, probe] {
		_reported(workload) == set()
	}
}

test_ignores_unknown_grace if {
	_reported(_graced("${GRACE}")) == set()
	count(rule.undetermined) == 1 with input as _graced("${GRACE}") with data.config as _config with data.joins as {}
}

test_ignores_unknown_grace_of_an_overlay if {
	joins := {"completed_by": {"Deployment/orders": [{"file": "kustomization.yaml", "paths": ["spec.template.spec.terminationGracePeriodSeconds"]}]}}
	count(rule.deny) == 0 with input as _graced(5) with data.config as _config with data.joins as joins
	count(rule.undetermined) == 1 with input as _graced(5) with data.config as _config with data.joins as joins
}
