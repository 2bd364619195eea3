package opslint.lib.inventory_test

import data.opslint.lib.inventory

_deployment(name, spec) := {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": name, "namespace": "shop"},
	"spec": object.union({"template": {"metadata": {"labels": {"app": name}}, "spec": {"containers": [{"name": "api", "envFrom": [{"configMapRef": {"name": "settings"}}]}]}}}, spec),
}

_object(version, kind, spec) := {"apiVersion": version, "kind": kind, "metadata": {"name": "orders", "namespace": "shop"}, "spec": spec}

_inventory(docs) := {"namespace": {"shop": {version: {kind: {doc.metadata.name: doc | some doc in docs; doc.apiVersion == version; doc.kind == kind} |
	some kind in {doc.kind | some doc in docs; doc.apiVersion == version}
} |
	some version in {doc.apiVersion | some doc in docs}
}}}

_orders := _deployment("orders", {"replicas": 2})

test_joins_services if {
	service := _object("v1", "Service", {"selector": {"app": "orders"}, "ports": [{"port": 80}, {"port": 81, "targetPort": "http", "name": "api"}]})
	other := object.union(_object("v1", "Service", {}), {"metadata": {"name": "none"}})
	found := inventory.services_of(_orders) with data.inventory as _inventory([_orders, service, other])
	[[s.ref, s.type, [p.target_port | some p in s.ports]] | some s in found] == [["Service/shop/orders", "ClusterIP", [80, "http"]]]
}

test_never_joins_across_namespaces if {
	service := object.union(_object("v1", "Service", {"selector": {"app": "orders"}, "ports": []}), {"metadata": {"namespace": "web"}})
	count(inventory.services_of(_orders)) == 0 with data.inventory as {"namespace": {"web": {"v1": {"Service": {"orders": service}}}}}
	unset := json.remove(_orders, ["/metadata/namespace"])
	count(inventory.services_of(unset)) == 1 with data.inventory as {"namespace": {"web": {"v1": {"Service": {"orders": service}}}}}
}

test_applies_selectors if {
	labels := {"app": "orders", "tier": "web"}
	inventory.selects({}, labels)
	inventory.selects({"matchLabels": {"app": "orders"}}, labels)
	inventory.selects(
		{"matchExpressions": [
			{"key": "tier", "operator": "In", "values": ["web"]},
			{"key": "track", "operator": "NotIn", "values": ["canary"]},
			{"key": "app", "operator": "Exists"},
			{"key": "track", "operator": "DoesNotExist"},
		]},
		labels,
	)
	not inventory.selects({"matchLabels": {"app": "carts"}}, labels)
	not inventory.selects({"matchExpressions": [{"key": "track", "operator": "Exists"}]}, labels)
	not inventory.selects({"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["orders"]}]}, labels)
}

test_finds_the_effective_minimum[name] if {
	target := {"scaleTargetRef": {"kind": "Deployment", "name": "orders"}}
	some name, [doc, docs, want] in {
		"replicas": [_orders, [], [2, "replicas"]],
		"text": [_deployment("orders", {"replicas": "2"}), [], [2, "replicas"]],
		"default": [_deployment("orders", {}), [], [1, "default"]],
		"autoscaler": [_orders, [_object("autoscaling/v2", "HorizontalPodAutoscaler", object.union(target, {"minReplicas": 4}))], [4, "autoscaler"]],
		"autoscaler's default": [_orders, [_object("autoscaling/v1", "HorizontalPodAutoscaler", target)], [1, "autoscaler"]],
		"KEDA": [_orders, [_object("keda.sh/v1alpha1", "ScaledObject", {"scaleTargetRef": {"name": "orders"}})], [0, "autoscaler"]],
		"vertical": [_orders, [_object("autoscaling.k8s.io/v1", "VerticalPodAutoscaler", {"targetRef": {"kind": "Deployment", "name": "orders"}})], [2, "replicas"]],
	}
	entry := inventory.effective_minimum_of(doc) with data.inventory as _inventory(array.concat([doc], docs))
	[entry.value, entry.by] == want
}

test_ignores_unknown_replicas if {
	doc := _deployment("orders", {"replicas": "${N}"})
	inventory.effective_minimum_of(doc).known == false with data.inventory as _inventory([doc])
}

test_joins_budgets if {
	budget := _object("policy/v1", "PodDisruptionBudget", {"selector": {"matchLabels": {"app": "orders"}}, "minAvailable": 1})
	all := _object("policy/v1", "PodDisruptionBudget", {"selector": {}})
	none := _object("policy/v1beta1", "PodDisruptionBudget", {"selector": {}})
	count(inventory.budgets_of(_orders)) == 1 with data.inventory as _inventory([_orders, budget])
	count(inventory.budgets_of(_orders)) == 1 with data.inventory as _inventory([_orders, all])
	count(inventory.budgets_of(_orders)) == 0 with data.inventory as _inventory([_orders, none])
	inventory.effective_minimum_of(budget).value == 2 with data.inventory as _inventory([_orders, budget])
	[w.ref | some w in inventory.workloads_of(budget)] == ["Deployment/shop/orders"] with data.inventory as _inventory([_orders, budget])
}

test_joins_targets if {
	scaler := _object("autoscaling/v2", "HorizontalPodAutoscaler", {"scaleTargetRef": {"kind": "Deployment", "name": "orders"}, "maxReplicas": 5})
	[w.ref | some w in inventory.targets_of(scaler)] == ["Deployment/shop/orders"] with data.inventory as _inventory([_orders, scaler])
	[[a.ref, a.minimum, a.maximum] | some a in inventory.autoscalers_of(_orders)] == [["HorizontalPodAutoscaler/shop/orders", 1, 5]] with data.inventory as _inventory([_orders, scaler])
	not inventory.missed_target_of(scaler) with data.inventory as _inventory([_orders, scaler])
	inventory.missed_target_of(scaler).kind_present with data.inventory as _inventory([_deployment("carts", {}), scaler])
	inventory.missed_target_of(scaler).kind_present == false with data.inventory as _inventory([scaler])
}

test_says_what_a_missed_target_may_have_meant if {
	scaler := _object("autoscaling/v2", "HorizontalPodAutoscaler", {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "serach"}})
	every name, near in {"search": 1, "serach2": 1, "searchers": 0, "orders": 0} {
		missed := inventory.missed_target_of(scaler) with data.inventory as _inventory([_deployment(name, {}), scaler])
		count(missed.nearest) == near
	}
	other := object.union(_deployment("serach", {}), {"kind": "StatefulSet"})
	elsewhere := inventory.missed_target_of(scaler) with data.inventory as _inventory([other, scaler])
	[found.kind | some found in elsewhere.same_name] == ["StatefulSet"]
	release := _object("helm.toolkit.fluxcd.io/v2", "HelmRelease", {})
	inventory.missed_target_of(scaler).installs == true with data.inventory as _inventory([release, scaler])
	inventory.missed_target_of(scaler).installs == false with data.inventory as _inventory([other, scaler])
}

test_targets_of_another_group_are_others if {
	scaler := _object("autoscaling/v2", "HorizontalPodAutoscaler", {"scaleTargetRef": {"apiVersion": "example.com/v1", "kind": "Deployment", "name": "orders"}})
	count(inventory.targets_of(scaler)) == 0 with data.inventory as _inventory([_orders, scaler])
	old := _object("autoscaling/v2", "HorizontalPodAutoscaler", {"scaleTargetRef": {"apiVersion": "extensions/v1beta1", "kind": "Deployment", "name": "orders"}})
	count(inventory.targets_of(old)) == 1 with data.inventory as _inventory([_orders, old])
}

test_joins_claims_limits_maps_and_secrets if {
	doc := object.union(_orders, {"spec": {"template": {"spec": {"volumes": [{"name": "d", "persistentVolumeClaim": {"claimName": "orders"}}]}}}})
	claim := _object("v1", "PersistentVolumeClaim", {"accessModes": ["ReadWriteMany"]})
	limits := _object("v1", "LimitRange", {"limits": [{"type": "Container", "defaultRequest": {"cpu": "100m"}}, {"type": "Pod", "default": {"memory": "1Gi"}}]})
	map := {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings", "namespace": "shop"}}
	[[c.index, c.known, c.access_modes] | some c in inventory.claims_of(doc)] == [[0, true, ["ReadWriteMany"]]] with data.inventory as _inventory([doc, claim])
	[c.known | some c in inventory.claims_of(doc)] == [false] with data.inventory as _inventory([doc])
	inventory.defaulted_resources_of(doc) == {"cpu"} with data.inventory as _inventory([doc, limits])
	[u.via | some u in inventory.users_of(map)] == ["envFrom"] with data.inventory as _inventory([doc, map])
	inventory.secret("orders") with data.inventory as _inventory([_object("v1", "Secret", {})])
}
