package opslint.rules.kubernetes.pre_stop_longer_than_grace_test

import data.opslint.rules.kubernetes.pre_stop_longer_than_grace as rule

_pod := ["spec", "template", "spec"]

_hook := array.concat(_pod, ["containers", 0, "lifecycle", "preStop"])

_api(hook) := _deployment({"name": "api", "lifecycle": {"preStop": hook}})

_graced(grace, hook) := object.union(_api(hook), {"spec": {"template": {"spec": {"terminationGracePeriodSeconds": grace}}}})

_exec(argv) := {"exec": {"command": argv}}

_reported(workload) := {finding.path | some finding in found} if {
	found := rule.deny with input as workload with data.joins as {}
}

_deployment(container) := {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": "orders"},
	"spec": {"replicas": 3, "template": {"metadata": {"labels": {"app": "orders"}}, "spec": {"containers": [container]}}},
}

test_reports_sleep_as_long_as_the_default_grace[name] if {
	some name, [hook, path] in {
		"sleep": [{"sleep": {"seconds": 30}}, ["sleep", "seconds"]],
		"argv": [_exec(["sleep", "45"]), ["exec", "command", 1]],
		"shell": [_exec(["/bin/sh", "-c", "nginx -s quit; sleep 31"]), ["exec", "command", 2]],
		"shell with a loop": [_exec(["sh", "-c", "sleep 30; while pgrep app; do sleep 1; done"]), ["exec", "command", 2]],
	}
	_reported(_api(hook)) == {array.concat(_hook, path)}
}

test_reports_explicit_grace if {
	_reported(_graced(10, {"sleep": {"seconds": 10}})) == {array.concat(_pod, ["terminationGracePeriodSeconds"])}
	_reported(_graced("10", {"sleep": {"seconds": 15}})) == {array.concat(_pod, ["terminationGracePeriodSeconds"])}
}

test_reports_native_sidecars if {
	workload := object.union(_deployment({"name": "api"}), {"spec": {"template": {"spec": {"initContainers": [{"name": "proxy", "restartPolicy": "Always", "lifecycle": {"preStop": {"sleep": {"seconds": 30}}}}]}}}})
	_reported(workload) == {array.concat(_pod, ["initContainers", 0, "lifecycle", "preStop", "sleep", "seconds"])}
}

test_accepts_shorter_hooks if {
	_reported(_api({"sleep": {"seconds": 10}})) == set()
	_reported(_api(_exec(["sleep", "29"]))) == set()
	_reported(_graced(90, _exec(["sleep", "60"]))) == set()
	rule.subject == {array.concat(_pod, ["containers", 0])} with input as _api({"sleep": {"seconds": 10}}) with data.joins as {}
}

test_ignores_unknown_waiting if {
	every hook in [
		_exec(["sh", "-c", "while pgrep app; do sleep 60; done"]),
		_exec(["sleep", "$DELAY"]),
		{"httpGet": {"path": "/drain", "port": 8080}},
	] {
		_reported(_api(hook)) == set()
		count(rule.undetermined) == 1 with input as _api(hook) with data.joins as {}
	}
}

test_ignores_unknown_grace if {
	workload := _graced("${GRACE}", {"sleep": {"seconds": 60}})
	_reported(workload) == set()
	count(rule.undetermined) == 1 with input as workload with data.joins as {}
}
