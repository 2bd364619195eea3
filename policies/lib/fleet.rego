# METADATA
# description: |
#   How many instances a resource keeps running at least: fleet has the numbers it may turn out to be (empty if not
#   known), the path to point at (below config), what there is few of, whether the question can be asked at all, and of a
#   cluster the documents of its members.
package opslint.lib.fleet

import data.opslint.lib.terraform

# Arguments that say it themselves.
_arguments := {
	"aws_autoscaling_group": {"path": ["min_size"], "absent": 0, "noun": "machine"},
	"aws_eks_node_group": {"path": ["scaling_config", 0, "min_size"], "absent": 0, "noun": "node"},
	"google_compute_autoscaler": {"path": ["autoscaling_policy", 0, "min_replicas"], "absent": 0, "noun": "machine"},
	"google_compute_region_autoscaler": {"path": ["autoscaling_policy", 0, "min_replicas"], "absent": 0, "noun": "machine"},
	"azurerm_container_app": {"path": ["template", 0, "min_replicas"], "absent": 0, "noun": "replica"},
	"azurerm_service_plan": {"path": ["worker_count"], "absent": 1, "noun": "worker"},
}

fleet := {"path": argument.path, "numbers": terraform.numbers(input, argument.path, argument.absent), "noun": argument.noun, "asked": _asked} if {
	argument := _arguments[input.kind]
}

default _asked := "pass"

_asked := terraform.all_of({
	terraform.at_least(input, ["max_size"], 0, 1),
	terraform.negated(_switched_off),
	terraform.negated(_follows_tasks),
	_named_otherwise({"spot", "batch", "runner", "runners", "bastion"}),
}) if {
	input.kind == "aws_autoscaling_group"
}

# Nobody scales it, and it is to have no machine.
_switched_off := "fail" if {
	"desired_capacity" in input.meta.ignore_changes
} else := terraform.all_of({
	terraform.is_one_of(input, ["desired_capacity"], null, {0}),
	terraform.is_one_of(input, ["min_size"], null, {0}),
})

# The machines of a capacity provider of ECS follow the tasks, whose least number is the service's.
_follows_tasks := terraform.any_of({answer |
	some provider in terraform.companions(input, "aws_ecs_capacity_provider")
	terraform.refers(provider, ["auto_scaling_group_provider", 0, "auto_scaling_group_arn"], input)
	scaling := ["auto_scaling_group_provider", 0, "managed_scaling"]
	answer := terraform.all_of({
		terraform.has_block(provider, scaling),
		terraform.is_one_of(provider, array.concat(scaling, [0, "status"]), "ENABLED", {"ENABLED"}),
	})
})

_asked := terraform.negated(terraform.is_one_of(input, ["capacity_type"], "ON_DEMAND", {"SPOT"})) if {
	input.kind == "aws_eks_node_group"
}

_asked := _named_otherwise({"batch", "runner", "runners"}) if {
	input.kind in {"google_compute_autoscaler", "google_compute_region_autoscaler"}
}

_asked := terraform.all_of({terraform.has_block(input, ["ingress"]), terraform.negated(_woken)}) if {
	input.kind == "azurerm_container_app"
}

_asked := terraform.all_of({terraform.matches(input, ["sku_name"], "", "^(P|S|I|WS)[0-9]"), terraform.negated(_scaled_setting)}) if {
	input.kind == "azurerm_service_plan"
}

_named_otherwise(tokens) := "fail" if {
	count(terraform.words(input) & tokens) > 0
} else := "pass"

# An application that queues or a clock wake up may sleep.
_woken := terraform.any_of({terraform.has_block(input, ["template", 0, name]) |
	some name in ["custom_scale_rule", "azure_queue_scale_rule"]
})

_scaled_setting := terraform.companion(input, "azurerm_monitor_autoscale_setting", ["target_resource_id"], [])

fleet := {"path": ["min_capacity"], "numbers": numbers, "noun": target.noun, "asked": "pass"} if {
	input.kind == "aws_appautoscaling_target"
	dimensions := terraform.possible(input, ["scalable_dimension"], "")
	count(dimensions) == 1
	some dimension in dimensions
	target := _dimensions[dimension]
	numbers := {n | some m in terraform.numbers(input, ["min_capacity"], 0); n := m + target.besides}
}

# A database cluster has a writer besides its readers.
_dimensions := {
	"ecs:service:DesiredCount": {"noun": "task", "besides": 0},
	"rds:cluster:ReadReplicaCount": {"noun": "member", "besides": 1},
}

# An ECS service runs desired_count tasks unless a scaling target decides.
fleet := {"path": ["desired_count"], "numbers": terraform.numbers(input, ["desired_count"], 0), "noun": "task", "asked": asked} if {
	input.kind == "aws_ecs_service"
	counts := terraform.numbers(input, ["desired_count"], 0)
	counts != {0}
	asked := terraform.all_of({
		terraform.negated(terraform.is_one_of(input, ["scheduling_strategy"], "REPLICA", {"DAEMON"})),
		terraform.negated(_scaled_service),
	})
}

_scaled_service := "pass" if {
	some target in terraform.companions(input, "aws_appautoscaling_target")
	_scales(target)
} else := "undetermined" if {
	terraform.companion_open(input, "aws_appautoscaling_target", ["resource_id"])
} else := "fail"

_scales(target) if terraform.refers(target, ["resource_id"], input)

_scales(target) if endswith(target.config.resource_id, sprintf("/%s", [input.config.name]))

# A database cluster has as many members as there are instances that join it. None may mean that they are made elsewhere.
_members := {
	"aws_rds_cluster": "aws_rds_cluster_instance",
	"aws_docdb_cluster": "aws_docdb_cluster_instance",
	"aws_neptune_cluster": "aws_neptune_cluster_instance",
}

fleet := {"path": [], "numbers": numbers, "noun": "member", "asked": asked, "members": [other.ref | some other in joined]} if {
	kind := _members[input.kind]
	joined := [other |
		some other in terraform.companions(input, kind)
		terraform.joined(other, ["cluster_identifier"], input, ["cluster_identifier"])
	]
	count(joined) > 0
	numbers := {count(joined) | every other in joined { other.instances == input.instances }}
	asked := terraform.all_of({
		terraform.negated(terraform.is_one_of(input, ["engine_mode"], "provisioned", {"serverless"})),
		_seen(kind),
	})
}

_seen(kind) := "undetermined" if {
	terraform.companion_open(input, kind, ["cluster_identifier"])
} else := "pass"

fleet := {"path": path, "numbers": numbers, "noun": "node", "asked": "pass"} if {
	input.kind == "aws_elasticache_replication_group"
	path := _nodes
	numbers := {n | some m in terraform.numbers(input, path, 1); n := m + _primary[path[count(path) - 1]]}
}

_primary := {"num_cache_clusters": 0, "number_cache_clusters": 0, "replicas_per_node_group": 1}

_nodes := ["replicas_per_node_group"] if {
	terraform.state(input, ["replicas_per_node_group"]) != "absent"
} else := ["cluster_mode", 0, "replicas_per_node_group"] if {
	terraform.state(input, ["cluster_mode"]) != "absent"
} else := ["number_cache_clusters"] if {
	terraform.state(input, ["number_cache_clusters"]) != "absent"
} else := ["num_cache_clusters"]

# Groups of machines without an autoscaler, by the name that the autoscaler knows them by.
_groups := {
	"google_compute_instance_group_manager": {"path": ["target_size"], "by": "google_compute_autoscaler", "argument": "target"},
	"google_compute_region_instance_group_manager": {"path": ["target_size"], "by": "google_compute_region_autoscaler", "argument": "target"},
	"azurerm_linux_virtual_machine_scale_set": {"path": ["instances"], "by": "azurerm_monitor_autoscale_setting", "argument": "target_resource_id"},
	"azurerm_windows_virtual_machine_scale_set": {"path": ["instances"], "by": "azurerm_monitor_autoscale_setting", "argument": "target_resource_id"},
}

fleet := {"path": group.path, "numbers": numbers, "noun": "machine", "asked": asked} if {
	group := _groups[input.kind]
	terraform.state(input, group.path) != "absent"
	numbers := terraform.numbers(input, group.path, 0)
	numbers != {0}
	asked := terraform.negated(terraform.companion(input, group.by, [group.argument], []))
}

# The main profile counts; those for certain times do not.
fleet := {"path": path, "numbers": terraform.numbers(input, path, 0), "noun": "instance", "asked": "pass"} if {
	input.kind == "azurerm_monitor_autoscale_setting"
	not terraform.is_open(input, ["profile"])
	main := [i |
		some i, profile in object.get(input.config, "profile", [])
		not profile.recurrence
		not profile.fixed_date
	]
	count(main) > 0
	path := ["profile", main[0], "capacity", 0, "minimum"]
}

fleet := {"path": path, "numbers": terraform.numbers(input, path, 2), "noun": "instance", "asked": "pass"} if {
	input.kind == "azurerm_application_gateway"
	path := ["sku", 0, "capacity"]
	terraform.state(input, path) != "absent"
}
