package opslint.lib.kubernetes_test

import data.opslint.lib.kubernetes

_workload(kind, pod) := {"apiVersion": "apps/v1", "kind": kind, "metadata": {"name": "orders"}, "spec": {"template": {"spec": pod}}}

_pod := {"containers": [{"name": "api", "image": "shop/api:1"}]}

test_names_documents if {
	kubernetes.name_of({"kind": "Deployment", "metadata": {"name": "orders", "namespace": "shop"}}) == "Deployment/shop/orders"
	kubernetes.name_of({"kind": "Deployment", "metadata": {"name": "orders"}}) == "Deployment/orders"
	kubernetes.name_of({"kind": "Deployment", "metadata": {"name": "orders", "namespace": ""}}) == "Deployment/orders"
	kubernetes.name_of({"kind": "Job", "metadata": {"generateName": "once-"}}) == "Job/once-"
	kubernetes.name_of({"kind": "Deployment", "metadata": {"name": 5}}) == "Deployment/5"
	kubernetes.name_of({"kind": "Deployment", "metadata": null}) == "Deployment/unnamed"
	kubernetes.name_of({"kind": "Deployment"}) == "Deployment/unnamed"
}

test_finds_pod_specs_of_every_kind[kind] if {
	some kind, path in {
		"Deployment": ["spec", "template", "spec"],
		"StatefulSet": ["spec", "template", "spec"],
		"Rollout": ["spec", "template", "spec"],
		"Job": ["spec", "template", "spec"],
	}
	kubernetes.pod_spec_of(_workload(kind, _pod)) == {"path": path, "value": _pod}
}

test_finds_pod_specs_of_cron_jobs_pods_and_knative if {
	cron := {"kind": "CronJob", "spec": {"jobTemplate": {"spec": {"template": {"spec": _pod}}}}}
	kubernetes.pod_spec_of(cron).path == ["spec", "jobTemplate", "spec", "template", "spec"]
	kubernetes.pod_spec_of({"kind": "Pod", "spec": _pod}).path == ["spec"]
	knative := object.union(_workload("Service", _pod), {"apiVersion": "serving.knative.dev/v1"})
	kubernetes.pod_spec_of(knative).path == ["spec", "template", "spec"]
}

test_finds_no_pod_specs_elsewhere if {
	every doc in [
		{"apiVersion": "v1", "kind": "Service", "spec": {"template": {"spec": _pod}}},
		{"kind": "Pod", "metadata": {"ownerReferences": [{"kind": "ReplicaSet"}]}, "spec": _pod},
		{"kind": "ConfigMap", "data": {}},
		{"kind": "Deployment", "spec": null},
		{"kind": "Deployment", "spec": {"template": "${TEMPLATE}"}},
		{"kind": "Deployment"},
	] {
		not kubernetes.pod_spec_of(doc)
		kubernetes.containers_of(doc) == []
	}
}

test_gives_containers_their_roles if {
	pod := {
		"containers": [{"name": "api"}, {"name": "proxy", "image": "docker.io/envoyproxy/envoy:v1"}, {"name": "redis-exporter"}, "${EXTRA}"],
		"initContainers": [{"name": "wait"}, {"name": "logs", "restartPolicy": "Always"}],
	}
	containers := kubernetes.containers_of(_workload("Deployment", pod))
	[[c.value.name, c.role] | some c in containers] == [
		["api", "app"], ["proxy", "sidecar"], ["redis-exporter", "sidecar"],
		["wait", "init"], ["logs", "native"],
	]
	containers[3].path == ["spec", "template", "spec", "initContainers", 0]
}

test_takes_the_first_of_helpers_alone_for_the_app if {
	pod := {"containers": [{"name": "envoy"}, {"name": "kube-rbac-proxy"}]}
	[c.role | some c in kubernetes.containers_of(_workload("Deployment", pod))] == ["app", "sidecar"]
}

test_knows_one_shot_workloads if {
	every doc in [
		_workload("Job", _pod),
		{"kind": "CronJob"},
		{"kind": "Pod", "spec": {"restartPolicy": "Never"}},
		object.union(_workload("Deployment", _pod), {"metadata": {"annotations": {"argocd.argoproj.io/hook": "PreSync"}}}),
		object.union(_workload("Deployment", _pod), {"spec": {"template": {"metadata": {"annotations": {"helm.sh/hook": "test"}}}}}),
	] {
		kubernetes.one_shot_of(doc)
		not kubernetes.long_running_of(doc)
	}
	kubernetes.long_running_of(_workload("DaemonSet", _pod))
	kubernetes.long_running_of({"kind": "Pod", "spec": _pod})
	not kubernetes.long_running_of({"kind": "ConfigMap"})
}

test_knows_idle_pods if {
	kubernetes.idle_of(_workload("Deployment", {"containers": [{"name": "t", "command": ["sh", "-c"], "args": ["sleep infinity"]}, {"name": "istio-proxy"}]}))
	kubernetes.idle_of(_workload("Deployment", {"containers": [{"name": "t", "image": "registry.k8s.io/pause:3.9"}]}))
	not kubernetes.idle_of(_workload("Deployment", {"containers": [{"name": "t", "command": ["sleep", "1"]}, {"name": "api"}]}))
	not kubernetes.idle_of(_workload("Deployment", {"containers": []}))
	not kubernetes.idle_of({"kind": "ConfigMap"})
}

test_tells_completed_containers_apart if {
	joins := {"completed_by": {"Deployment/orders": [{"file": "kustomization.yaml", "paths": [
		"spec.template.spec.containers.{proxy}.readinessProbe",
		"spec.template.spec.containers.{proxy}.readinessProbe.tcpSocket",
	]}]}}
	doc := _workload("Deployment", {"containers": [{"name": "api"}, {"name": "proxy"}]})
	completed := {container.value.name | some container in kubernetes.containers; kubernetes.completed_in(container, "readinessProbe")} with input as doc with data.joins as joins
	completed == {"proxy"}
}

test_matches_completed_keys if {
	joins := {"completed_by": {"Deployment/orders": [{"file": "kustomization.yaml", "paths": [
		"spec",
		"spec.template",
		"spec.template.spec",
		"spec.template.spec.containers",
		"spec.template.spec.containers.livenessProbe",
		"spec.template.spec.containers.resources",
		"spec.template.spec.containers.resources.limits",
	]}]}}
	doc := _workload("Deployment", _pod)
	container := ["spec", "template", "spec", "containers", 0]
	every path in [["resources"], ["resources", "limits"], ["resources", "limits", "memory"], ["livenessProbe", "periodSeconds"]] {
		kubernetes.completed(array.concat(container, path)) with input as doc with data.joins as joins
	}
	every path in [["resources", "requests"], ["readinessProbe"], ["image"]] {
		not kubernetes.completed(array.concat(container, path)) with input as doc with data.joins as joins
	}
	not kubernetes.completed(["spec", "replicas"]) with input as doc with data.joins as joins
	not kubernetes.completed(["spec", "replicas"]) with input as doc with data.joins as {}
}

test_knows_production if {
	doc := _workload("Deployment", _pod)
	kubernetes.production with input as doc
	kubernetes.production with input as doc with data.environment as {"Deployment/other": "nonproduction"}
	not kubernetes.production with input as doc with data.environment as {"Deployment/orders": "nonproduction"}
}
