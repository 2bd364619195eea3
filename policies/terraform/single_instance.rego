# METADATA
# title: Service that may run as a single instance
# description: |
#   One instance is an outage with every deployment, every failed machine and every patch of the host. Two is where
#   availability begins, and where a service first shows whether it can be scaled at all.
#
#   What counts: the least number of tasks, machines, nodes or members that the configuration allows: the count itself,
#   the minimum of its autoscaling, or the number of members that join a database cluster.
#
#   Not asked of: what is switched off (0 tasks, 0 machines), one task per host, spot machines, batch runners and
#   bastions, machines that a capacity provider of ECS adds for tasks, applications that a queue wakes up, and resources
#   that serve development.
# custom:
#   id: terraform/single-instance
#   severity: warning
#   clauses: [OPS-SCL.2, OPS-3.1]
#   scope: workspace
#   kinds:
#     - aws_ecs_service
#     - aws_appautoscaling_target
#     - aws_autoscaling_group
#     - aws_rds_cluster
#     - aws_docdb_cluster
#     - aws_neptune_cluster
#     - aws_elasticache_replication_group
#     - aws_eks_node_group
#     - google_compute_autoscaler
#     - google_compute_region_autoscaler
#     - google_compute_instance_group_manager
#     - google_compute_region_instance_group_manager
#     - azurerm_monitor_autoscale_setting
#     - azurerm_linux_virtual_machine_scale_set
#     - azurerm_windows_virtual_machine_scale_set
#     - azurerm_service_plan
#     - azurerm_container_app
#     - azurerm_application_gateway
#   remedy: run at least two
#   parameters:
#     min:
#       type: number
#       default: 2
#       description: the least number of instances
package opslint.rules.terraform.single_instance

import data.opslint.lib.fleet
import data.opslint.lib.terraform

subject contains [] if _asked != "fail"

deny contains finding if {
	_asked == "pass"
	_answer == "fail"

	reported := terraform.report(input, fleet.fleet.path, _message, terraform.profiled(input, "warning"))
	members := [{"ref": ref, "path": [], "msg": "a member of it"} | some ref in object.get(fleet.fleet, "members", [])]
	finding := object.union(reported, {"related": array.concat(reported.related, members)})
}

undetermined contains terraform.open_question(fleet.fleet.path, "how many instances it has is not known before an apply") if {
	_asked != "fail"
	_answer != "pass"
	"undetermined" in {_asked, _answer}
}

_asked := fleet.fleet.asked if terraform.demanding(input)

_answer := terraform.judge(fleet.fleet.numbers, {n | some n in fleet.fleet.numbers; n >= data.config.terraform.single_instance.min})

_message := sprintf("runs %s", [_spelled]) if {
	_most == 1
	not _autoscaled
} else := sprintf("may shrink to %s", [_spelled])

_autoscaled if {
	path := [object.get(_maxima, step, step) | some step in fleet.fleet.path]
	path != fleet.fleet.path
	terraform.numbers(input, path, null) != fleet.fleet.numbers
}

_maxima := {"min_size": "max_size", "min_capacity": "max_capacity", "min_replicas": "max_replicas", "minimum": "maximum"}

_most := max(fleet.fleet.numbers)

_spelled := sprintf("one %s", [fleet.fleet.noun]) if {
	_most == 1
} else := sprintf("no %s", [fleet.fleet.noun]) if {
	_most == 0
} else := sprintf("%v %ss", [_most, fleet.fleet.noun])
