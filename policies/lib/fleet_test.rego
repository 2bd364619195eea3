package opslint.lib.fleet_test

import data.opslint.lib.fleet
import data.opslint.lib.terraform_test

_resource(kind, config, overrides) := object.union(
	{
		"kind": kind, "name": "main", "address": sprintf("%s.main", [kind]), "mode": "managed", "root": "live", "target": "",
		"profile": "production", "instances": "known", "config": config, "unknown": [], "candidates": [], "references": [],
	},
	overrides,
)

_fleet(resource, others) := found if {
	found := fleet.fleet with input as resource with data.inventory as {"terraform": {
		"by_target": terraform_test.by_target(others),
		"roots": {"live": {}},
	}}
}

# What decides: the path, the numbers it may be, and whether the question can be asked.
_gist(resource, others) := [found.path, found.numbers, found.asked] if found := _fleet(resource, others)

_to(path, address) := {"references": [{"path": path, "to": [address], "attribute": "id"}], "unknown": [path]}

test_reads_the_least_number[kind] if {
	some kind, [config, path, numbers] in {
		"aws_autoscaling_group": [{"min_size": 1, "max_size": 4}, ["min_size"], {1}],
		"aws_eks_node_group": [{"scaling_config": [{"min_size": 1}]}, ["scaling_config", 0, "min_size"], {1}],
		"google_compute_autoscaler": [{"autoscaling_policy": [{"min_replicas": 3}]}, ["autoscaling_policy", 0, "min_replicas"], {3}],
		"azurerm_container_app": [{"ingress": [{}], "template": [{}]}, ["template", 0, "min_replicas"], {0}],
		"azurerm_service_plan": [{"sku_name": "P1v3"}, ["worker_count"], {1}],
		"aws_ecs_service": [{"desired_count": 1}, ["desired_count"], {1}],
		"aws_elasticache_replication_group": [{"num_cache_clusters": 2}, ["num_cache_clusters"], {2}],
		"azurerm_application_gateway": [{"sku": [{"capacity": 1}]}, ["sku", 0, "capacity"], {1}],
		"google_compute_instance_group_manager": [{"target_size": 1}, ["target_size"], {1}],
	}
	_gist(_resource(kind, config, {}), []) == [path, numbers, "pass"]
}

test_counts_the_primary_of_a_cache if {
	_fleet(_resource("aws_elasticache_replication_group", {"replicas_per_node_group": 1}, {}), []).numbers == {2}
	_fleet(_resource("aws_elasticache_replication_group", {"cluster_mode": [{"replicas_per_node_group": 0}]}, {}), []).numbers == {1}
	_fleet(_resource("aws_elasticache_replication_group", {}, {}), []).numbers == {1}
}

test_spares_what_may_stop if {
	every resource in [
		_resource("aws_autoscaling_group", {"min_size": 0, "max_size": 0}, {}),
		_resource("aws_autoscaling_group", {"min_size": 1, "max_size": 1, "name": "spot-runner"}, {}),
		_resource("aws_eks_node_group", {"capacity_type": "SPOT", "scaling_config": [{"min_size": 1}]}, {}),
		_resource("google_compute_autoscaler", {"name": "batch-jobs", "autoscaling_policy": [{"min_replicas": 1}]}, {}),
		_resource("azurerm_container_app", {"template": [{}]}, {}),
		_resource("azurerm_container_app", {"ingress": [{}], "template": [{"azure_queue_scale_rule": [{}]}]}, {}),
		_resource("azurerm_service_plan", {"sku_name": "Y1"}, {}),
		_resource("aws_ecs_service", {"desired_count": 1, "scheduling_strategy": "DAEMON"}, {}),
	] {
		_fleet(resource, []).asked == "fail"
	}
	not _fleet(_resource("aws_ecs_service", {"desired_count": 0}, {}), [])
	not _fleet(_resource("google_compute_instance_group_manager", {"target_size": 0}, {}), [])
}

test_ignores_unknown_numbers_and_questions if {
	_fleet(_resource("aws_ecs_service", {}, {"unknown": [["desired_count"]]}), []).numbers == set()
	_fleet(_resource("aws_autoscaling_group", {"min_size": 1}, {"unknown": [["max_size"]]}), []).asked == "undetermined"
	_fleet(_resource("azurerm_service_plan", {}, {"unknown": [["sku_name"]]}), []).asked == "undetermined"
	_fleet(_resource("aws_eks_node_group", {"scaling_config": [{"min_size": 1}]}, {"unknown": [["capacity_type"]]}), []).asked == "undetermined"
	not _fleet(_resource("aws_appautoscaling_target", {"min_capacity": 1}, {"unknown": [["scalable_dimension"]]}), [])
	not _fleet(_resource("azurerm_monitor_autoscale_setting", {}, {"unknown": [["profile"]]}), [])
}

test_candidates_are_all_numbers if {
	resource := _resource("aws_ecs_service", {}, {"unknown": [["desired_count"]], "candidates": [{"path": ["desired_count"], "values": [1, 3]}]})

	_fleet(resource, []).numbers == {1, 3}
}

test_a_scaling_target_decides_for_its_service if {
	service := _resource("aws_ecs_service", {"desired_count": 1, "name": "api"}, {})
	by_reference := _resource("aws_appautoscaling_target", {}, _to(["resource_id"], "aws_ecs_service.main"))
	by_name := _resource("aws_appautoscaling_target", {"resource_id": "service/shop/api"}, {})
	other := _resource("aws_appautoscaling_target", {"resource_id": "service/shop/web"}, {})
	open := _resource("aws_appautoscaling_target", {}, {"unknown": [["resource_id"]]})

	_fleet(service, [by_reference]).asked == "fail"
	_fleet(service, [by_name]).asked == "fail"
	_fleet(service, [other]).asked == "pass"
	_fleet(service, [open]).asked == "undetermined"
}

test_reads_scaling_targets_of_services_and_readers if {
	_gist(_resource("aws_appautoscaling_target", {"scalable_dimension": "ecs:service:DesiredCount", "min_capacity": 1}, {}), []) == [["min_capacity"], {1}, "pass"]
	_fleet(_resource("aws_appautoscaling_target", {"scalable_dimension": "rds:cluster:ReadReplicaCount", "min_capacity": 1}, {}), []).numbers == {2}
	not _fleet(_resource("aws_appautoscaling_target", {"scalable_dimension": "dynamodb:table:ReadCapacityUnits", "min_capacity": 1}, {}), [])
}

_member(overrides) := _resource("aws_rds_cluster_instance", {}, object.union(_to(["cluster_identifier"], "aws_rds_cluster.main"), overrides))

test_counts_the_members_of_a_cluster if {
	cluster := _resource("aws_rds_cluster", {"cluster_identifier": "orders"}, {})

	_gist(cluster, [_member({})]) == [[], {1}, "pass"]
	_fleet(cluster, [_member({}), _member({"name": "second"})]).numbers == {2}
	_fleet(cluster, [_member({"instances": "unknown"})]).numbers == set()
	_fleet(cluster, [_member({}), _resource("aws_rds_cluster_instance", {}, {"unknown": [["cluster_identifier"]]})]).asked == "undetermined"
	_fleet(_resource("aws_rds_cluster", {"engine_mode": "serverless"}, {}), [_member({})]).asked == "fail"
	not _fleet(cluster, [])
}

test_an_autoscaler_decides_for_its_group if {
	group := _resource("google_compute_instance_group_manager", {"target_size": 1}, {})

	_fleet(group, [_resource("google_compute_autoscaler", {}, _to(["target"], group.address))]).asked == "fail"
	_fleet(group, [_resource("google_compute_autoscaler", {}, {"unknown": [["target"]]})]).asked == "undetermined"
}

test_reads_the_main_profile_of_an_autoscale_setting if {
	night := {"recurrence": [{}], "capacity": [{"minimum": 0}]}
	main := {"capacity": [{"minimum": 2}]}

	_gist(_resource("azurerm_monitor_autoscale_setting", {"profile": [night, main]}, {}), []) == [["profile", 1, "capacity", 0, "minimum"], {2}, "pass"]
	not _fleet(_resource("azurerm_monitor_autoscale_setting", {"profile": [night]}, {}), [])
}

test_spares_groups_of_machines_that_are_switched_off if {
	off := {"min_size": 0, "max_size": 4, "desired_capacity": 0}

	_fleet(_resource("aws_autoscaling_group", off, {}), []).asked == "fail"
	_fleet(_resource("aws_autoscaling_group", off, {"meta": {"ignore_changes": ["desired_capacity"]}}), []).asked == "pass"
	_fleet(_resource("aws_autoscaling_group", {"min_size": 0, "max_size": 4}, {}), []).asked == "pass"
	_fleet(_resource("aws_autoscaling_group", {"min_size": 0, "max_size": 4}, {"unknown": [["desired_capacity"]]}), []).asked == "undetermined"
}

_capacity_provider(scaling) := _resource(
	"aws_ecs_capacity_provider",
	{"auto_scaling_group_provider": [object.union({"auto_scaling_group_arn": "aws_autoscaling_group.main.arn"}, scaling)]},
	{"references": [{"path": ["auto_scaling_group_provider", 0, "auto_scaling_group_arn"], "to": ["aws_autoscaling_group.main"], "attribute": "arn"}]},
)

test_spares_machines_that_follow_tasks if {
	group := _resource("aws_autoscaling_group", {"min_size": 1, "max_size": 4}, {})

	_fleet(group, [_capacity_provider({"managed_scaling": [{"status": "ENABLED"}]})]).asked == "fail"
	_fleet(group, [_capacity_provider({"managed_scaling": [{"target_capacity": 90}]})]).asked == "fail"
	_fleet(group, [_capacity_provider({"managed_scaling": [{"status": "DISABLED"}]})]).asked == "pass"
	_fleet(group, [_capacity_provider({})]).asked == "pass"
}
