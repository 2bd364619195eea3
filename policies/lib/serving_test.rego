package opslint.lib.serving_test

import data.opslint.lib.serving

_workload(containers) := {"kind": "Deployment", "metadata": {"name": "orders"}, "spec": {"template": {"spec": {"containers": containers}}}}

_service(name, ports) := {
	"ref": name, "name": name, "headless": false, "publish_not_ready": false,
	"ports": [object.union({"index": i, "name": "", "port": 80, "known": true}, p) | some i, p in ports],
}

_by(containers, services) := {c.value.name: c.by | some c in serving.containers_of(_workload(containers), services)}

_api := {"name": "api", "ports": [{"name": "http", "containerPort": 8080}]}

_admin := {"name": "admin", "ports": [{"name": "metrics", "containerPort": 9090}]}

test_follows_services_to_ports if {
	_by([_api, {"name": "other", "ports": [{"containerPort": 9}]}], [_service("a", [{"target_port": "http"}])]) == {"api": "service"}
	_by([_api, {"name": "other", "ports": [{"containerPort": 9}]}], [_service("a", [{"target_port": 9}])]) == {"other": "service"}
	_by([_api, {"name": "other", "ports": [{"containerPort": "9"}]}], [_service("a", [{"target_port": 9}])]) == {"other": "service"}
}

test_presumes_where_no_port_is_declared if {
	_by([{"name": "api"}], [_service("a", [{"target_port": 8080}])]) == {"api": "service"}
	_by([{"name": "api"}, {"name": "b"}], [_service("a", [{"target_port": 8080}])]) == {"api": "service"}
	_by([{"name": "a"}, _api], [_service("a", [{"target_port": 1}])]) == {"api": "service"}
	_by([_api], [_service("a", [{"known": false}])]) == {"api": "service"}
}

test_leaves_monitoring_out if {
	_by([_api, _admin], [_service("a", [{"target_port": "http"}, {"target_port": "metrics"}])]) == {"api": "service"}
	_by([_api, _admin], [_service("a", [{"name": "http-metrics", "target_port": 8080}])]) == {}
	_by([_admin], []) == {}
	_by([_api, _admin], []) == {"api": "port"}
}

test_prefers_services_that_wait if {
	early := object.union(_service("early", [{"target_port": "http"}]), {"headless": true, "publish_not_ready": true})
	[c.service.name | some c in serving.containers_of(_workload([_api]), [early, _service("late", [{"target_port": "http"}])])] == ["late"]
	[c.service.name | some c in serving.containers_of(_workload([_api]), [early])] == ["early"]
}

test_knows_sidecars_that_own_the_port if {
	containers := [_api, {"name": "oauth2-proxy", "ports": [{"name": "proxy", "containerPort": 4180}]}]
	services := [_service("a", [{"target_port": "proxy"}])]
	_by(containers, services) == {"oauth2-proxy": "service"}
	not serving.of(_workload(containers), services)
	serving.of(_workload(containers), [_service("a", [{"target_port": "http"}])])
}

test_knows_knative if {
	knative := object.union(_workload([_api]), {"kind": "Service", "apiVersion": "serving.knative.dev/v1"})
	[c.by | some c in serving.containers_of(knative, [])] == ["knative"]
}
