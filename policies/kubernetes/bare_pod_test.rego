package opslint.rules.kubernetes.bare_pod_test

import data.opslint.rules.kubernetes.bare_pod as rule

_pod := {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "api"}, "spec": {"containers": [{"name": "api", "image": "shop/api:1"}]}}

_reported(pod) := {finding.path | some finding in found} if {
	found := rule.deny with input as pod with data.joins as {}
}

test_reports_pod_without_owner if {
	_reported(_pod) == {["metadata", "name"]}
	_reported(object.union(_pod, {"spec": {"restartPolicy": "Always"}})) == {["metadata", "name"]}
	rule.subject == {[]} with input as _pod with data.joins as {}
}

test_accepts_pods_that_are_meant_to_be_bare if {
	every change in [
		{"spec": {"restartPolicy": "Never"}},
		{"spec": {"restartPolicy": "OnFailure"}},
		{"metadata": {"annotations": {"helm.sh/hook": "test"}}},
		{"metadata": {"annotations": {"kubernetes.io/config.mirror": "0a1b"}}},
		{"metadata": {"namespace": "kube-system"}},
		{"metadata": {"name": "api-test"}},
		{"spec": {"containers": [{"name": "api", "image": "registry.k8s.io/test-webserver"}]}},
		{"metadata": {"ownerReferences": [{"kind": "ReplicaSet", "name": "api"}]}},
		{"spec": {"containers": [{"name": "tool", "command": ["sleep", "3600"]}]}},
	] {
		_reported(object.union(_pod, change)) == set()
	}
}

test_accepts_pods_outside_production if {
	count(rule.subject) == 0 with input as _pod with data.environment as {"Pod/api": "nonproduction"}
}

test_ignores_unknown_names if {
	pod := object.union(_pod, {"metadata": {"name": "api-{{uid}}"}})
	_reported(pod) == set()
	count(rule.undetermined) == 1 with input as pod with data.joins as {}
}

test_ignores_unknown_restart_policy if {
	pod := object.union(_pod, {"spec": {"restartPolicy": "${RESTART_POLICY}"}})
	_reported(pod) == set()
	count(rule.undetermined) == 1 with input as pod with data.joins as {}
}
