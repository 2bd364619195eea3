package opslint.rules.terraform.single_instance_test

import data.opslint.lib.terraform_test
import data.opslint.rules.terraform.single_instance as rule

_resource(kind, config, overrides) := object.union(
	{
		"kind": kind, "name": "main", "address": sprintf("%s.main", [kind]), "configuration": sprintf("%s.main", [kind]),
		"mode": "managed", "root": "live", "target": "", "profile": "production", "instances": "known", "config": config,
		"unknown": [], "candidates": [], "sensitive": [], "references": [], "origins": [], "calls": [], "meta": {},
	},
	overrides,
)

_config := {"terraform": {"single_instance": {"min": 2}}}

_inventory(others) := {"terraform": {
	"roots": {"live": {"kind": "deployment", "example": false, "incomplete": false, "unresolved_modules": []}},
	"by_target": terraform_test.by_target(others),
}}

_reported(resource, others) := {finding.path | some finding in found} if {
	found := rule.deny with input as resource with data.config as _config with data.inventory as _inventory(others)
}

_open(resource, others) := {question.path | some question in found} if {
	found := rule.undetermined with input as resource with data.config as _config with data.inventory as _inventory(others)
}

_subjects(resource) := found if {
	found := rule.subject with input as resource with data.config as _config with data.inventory as _inventory([])
}

test_reports_what_may_be_one if {
	every resource, path in {
		_resource("aws_ecs_service", {"desired_count": 1}, {}): ["desired_count"],
		_resource("aws_appautoscaling_target", {"min_capacity": 1, "scalable_dimension": "ecs:service:DesiredCount"}, {}): ["min_capacity"],
		_resource("aws_appautoscaling_target", {"min_capacity": 0, "scalable_dimension": "rds:cluster:ReadReplicaCount"}, {}): ["min_capacity"],
		_resource("aws_autoscaling_group", {"min_size": 1, "max_size": 1}, {}): ["min_size"],
		_resource("aws_elasticache_replication_group", {}, {}): ["num_cache_clusters"],
		_resource("aws_elasticache_replication_group", {"replicas_per_node_group": 0}, {}): ["replicas_per_node_group"],
		_resource("aws_eks_node_group", {"scaling_config": [{"min_size": 1}]}, {}): ["scaling_config", 0, "min_size"],
		_resource("google_compute_autoscaler", {"autoscaling_policy": [{"min_replicas": 1}]}, {}): ["autoscaling_policy", 0, "min_replicas"],
		_resource("google_compute_region_instance_group_manager", {"target_size": 1}, {}): ["target_size"],
		_resource("azurerm_monitor_autoscale_setting", {"profile": [{"recurrence": [{}], "capacity": [{"minimum": 1}]}, {"capacity": [{"minimum": 1}]}]}, {}): ["profile", 1, "capacity", 0, "minimum"],
		_resource("azurerm_linux_virtual_machine_scale_set", {"instances": 1}, {}): ["instances"],
		_resource("azurerm_service_plan", {"sku_name": "P1v3"}, {}): ["worker_count"],
		_resource("azurerm_container_app", {"ingress": [{}], "template": [{}]}, {}): ["template", 0, "min_replicas"],
		_resource("azurerm_application_gateway", {"sku": [{"capacity": 1}]}, {}): ["sku", 0, "capacity"],
	} {
		_reported(resource, []) == {array.concat(["config"], path)}
	}
}

test_accepts_two_and_more if {
	every resource in [
		_resource("aws_ecs_service", {"desired_count": 2}, {}),
		_resource("aws_autoscaling_group", {"min_size": "2", "max_size": 4}, {}),
		_resource("aws_appautoscaling_target", {"min_capacity": 1, "scalable_dimension": "rds:cluster:ReadReplicaCount"}, {}),
		_resource("aws_elasticache_replication_group", {"replicas_per_node_group": 1}, {}),
		_resource("azurerm_service_plan", {"sku_name": "S1", "worker_count": 2}, {}),
	] {
		_reported(resource, []) == set()
		_subjects(resource) == {[]}
	}
}

test_accepts_what_is_not_asked if {
	every resource in [
		_resource("aws_ecs_service", {"desired_count": 0}, {}),
		_resource("aws_ecs_service", {}, {}),
		_resource("aws_ecs_service", {"desired_count": 1, "scheduling_strategy": "DAEMON"}, {}),
		_resource("aws_appautoscaling_target", {"min_capacity": 1, "scalable_dimension": "dynamodb:table:ReadCapacityUnits"}, {}),
		_resource("aws_autoscaling_group", {"min_size": 0, "max_size": 0}, {}),
		_resource("aws_autoscaling_group", {"name": "ci-runner", "min_size": 1, "max_size": 4}, {}),
		_resource("aws_eks_node_group", {"capacity_type": "SPOT", "scaling_config": [{"min_size": 1}]}, {}),
		_resource("azurerm_service_plan", {"sku_name": "Y1"}, {}),
		_resource("azurerm_container_app", {"template": [{}]}, {}),
		_resource("aws_ecs_service", {"desired_count": 1}, {"profile": "development"}),
	] {
		_reported(resource, []) == set()
		_subjects(resource) == set()
	}
}

test_ignores_unknown_values if {
	every resource in [
		_resource("aws_ecs_service", {}, {"unknown": [["desired_count"]]}),
		_resource("aws_autoscaling_group", {"max_size": 3}, {"unknown": [["min_size"]]}),
		_resource("aws_eks_node_group", {}, {"unknown": [["scaling_config"]]}),
	] {
		_reported(resource, []) == set()
		count(_open(resource, [])) == 1
	}
}

test_a_scaling_target_decides_for_the_service if {
	service := _resource("aws_ecs_service", {"name": "api", "desired_count": 1}, {})
	referring := _resource("aws_appautoscaling_target", {"min_capacity": 2}, {
		"unknown": [["resource_id"]],
		"references": [{"path": ["resource_id"], "to": ["aws_ecs_service.main"], "attribute": "name"}],
	})
	naming := _resource("aws_appautoscaling_target", {"min_capacity": 2, "resource_id": "service/live/api"}, {})
	other := _resource("aws_appautoscaling_target", {"min_capacity": 2, "resource_id": "service/live/web"}, {})

	_reported(service, [referring]) == set()
	_reported(service, [naming]) == set()
	count(_reported(service, [other])) == 1
	count(_open(service, [_resource("aws_appautoscaling_target", {}, {"unknown": [["resource_id"]]})])) == 1
}

_member(n, overrides) := _resource(
	"aws_rds_cluster_instance", {},
	object.union({"address": sprintf("aws_rds_cluster_instance.main[%d]", [n]), "unknown": [["cluster_identifier"]], "references": [{"path": ["cluster_identifier"], "to": ["aws_rds_cluster.main"], "attribute": "id"}]}, overrides),
)

test_counts_the_members_of_a_cluster if {
	cluster := _resource("aws_rds_cluster", {}, {})

	_reported(cluster, [_member(0, {})]) == {["config"]}
	_reported(cluster, [_member(0, {}), _member(1, {})]) == set()
	_reported(cluster, []) == set()
	_reported(cluster, [_member(0, {"instances": "unknown"})]) == set()
	count(_open(cluster, [_member(0, {"instances": "unknown"})])) == 1
}

test_shows_the_member_of_a_cluster if {
	found := rule.deny with input as _resource("aws_rds_cluster", {}, {}) with data.config as _config with data.inventory as _inventory([_member(0, {"ref": "live//member"})])

	[entry.ref | some finding in found; some entry in finding.related] == ["live//member"]
}

_messages(resource) := {finding.msg | some finding in found} if {
	found := rule.deny with input as resource with data.config as _config with data.inventory as _inventory([])
}

test_messages_say_how_few if {
	_messages(_resource("aws_ecs_service", {"desired_count": 1}, {})) == {"aws_ecs_service.main runs one task"}
	_messages(_resource("aws_autoscaling_group", {"min_size": 1, "max_size": 3}, {})) == {"aws_autoscaling_group.main may shrink to one machine"}
	_messages(_resource("aws_autoscaling_group", {"min_size": 1}, {"unknown": [["max_size"]]})) == set()
	_messages(_resource("aws_autoscaling_group", {"min_size": 1, "max_size": 1}, {})) == {"aws_autoscaling_group.main runs one machine"}
	_messages(_resource("aws_eks_node_group", {"scaling_config": [{"min_size": 1, "max_size": 1}]}, {})) == {"aws_eks_node_group.main runs one node"}
}
