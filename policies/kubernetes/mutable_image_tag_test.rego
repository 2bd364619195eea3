package opslint.rules.kubernetes.mutable_image_tag_test

import data.opslint.rules.kubernetes.mutable_image_tag as rule

_config := {"kubernetes": {"mutable_image_tag": {"mutable": ["latest", "main", "stable"], "strict": false}}}

_image := ["spec", "template", "spec", "containers", 0, "image"]

_deployment(container) := {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": "orders"},
	"spec": {"replicas": 3, "template": {"metadata": {"labels": {"app": "orders"}}, "spec": {"containers": [container]}}},
}

_reported(image, joins) := {finding.path | some finding in found} if {
	found := rule.deny with input as _deployment({"name": "api", "image": image}) with data.config as _config with data.joins as joins
}

test_reports_moving_images if {
	every image in ["nginx", "nginx:latest", "registry:5000/api", "quay.io/shop/api:main", "api:1.0-SNAPSHOT"] {
		_reported(image, {}) == {_image}
	}
}

test_reports_init_containers_sidecars_and_jobs if {
	workload := {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "report"}, "spec": {"jobTemplate": {"spec": {"template": {"spec": {
		"initContainers": [{"name": "wait", "image": "busybox"}],
		"containers": [{"name": "report", "image": "shop/report:1"}, {"name": "envoy", "image": "envoyproxy/envoy:latest"}],
	}}}}}}
	found := rule.deny with input as workload with data.config as _config with data.joins as {}
	pod := ["spec", "jobTemplate", "spec", "template", "spec"]
	{finding.path | some finding in found} == {array.concat(pod, ["initContainers", 0, "image"]), array.concat(pod, ["containers", 1, "image"])}
}

test_reports_tags_if_strict if {
	config := {"kubernetes": {"mutable_image_tag": {"mutable": [], "strict": true}}}
	count(rule.deny) == 1 with input as _deployment({"name": "api", "image": "nginx:1.27"}) with data.config as config with data.joins as {}
	count(rule.deny) == 0 with input as _deployment({"name": "api", "image": "nginx@sha256:0a1b"}) with data.config as config with data.joins as {}
}

test_accepts_pinned_images if {
	every image in ["nginx:1", "api:v2", "registry:5000/api:16-alpine", "nginx:latest@sha256:0a1b"] {
		_reported(image, {}) == set()
	}
	rule.subject == {array.slice(_image, 0, 5)} with input as _deployment({"name": "api", "image": "nginx:1"}) with data.config as _config with data.joins as {}
}

test_accepts_images_that_a_tool_sets if {
	_reported("auto", {}) == set()
	_reported("ko://example.com/shop/cmd/api", {}) == set()
	_reported("shop/api", {"replaced_images": {"shop/api": "kustomization.yaml"}}) == set()
	stream := object.union(_deployment({"name": "api", "image": "api:latest"}), {"kind": "DeploymentConfig", "spec": {"triggers": [{"type": "ImageChange"}]}})
	count(rule.deny) == 0 with input as stream with data.config as _config with data.joins as {}
}

test_accepts_local_images_outside_production if {
	local := _deployment({"name": "api", "image": "api:latest", "imagePullPolicy": "Never"})
	count(rule.deny) == 0 with input as local with data.config as _config with data.joins as {} with data.environment as {"Deployment/orders": "nonproduction"}
	count(rule.deny) == 1 with input as local with data.config as _config with data.joins as {}
}

test_ignores_unknown_images if {
	every image in ["${IMAGE}", "api:${TAG}", "$IMAGE", "<image>", "{{ image }}"] {
		_reported(image, {}) == set()
		count(rule.undetermined) == 1 with input as _deployment({"name": "api", "image": image}) with data.config as _config with data.joins as {}
	}
}
