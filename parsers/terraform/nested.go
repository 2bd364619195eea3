package terraform

// nestedNames are the blocks, of the resource types that rules look at, whose
// value in the JSON syntax is an object or a list of objects just as an
// argument's may be. A name counts whatever the type of the resource: none of
// these is an argument with an object for value elsewhere.
var nestedNames = map[string]bool{
	"access_logs": true, "action": true, "advanced_configuration": true, "auto_healing_policies": true, "automated_backup_policy": true,
	"automatic_instance_repair": true, "autoscale_configuration": true, "autoscaling": true, "autoscaling_policy": true, "azure_app_push_receiver": true,
	"backup": true, "backup_configuration": true, "backup_policy": true, "backup_retention_settings": true, "capability": true, "capacity": true,
	"cluster_config": true, "condition": true, "continuous_backup_config": true, "copy_action": true, "create_rule": true, "default_node_pool": true,
	"default_tags": true, "deployment_circuit_breaker": true, "deployment_controller": true, "email_receiver": true, "event_hub_receiver": true,
	"fixed_date": true, "geo_location": true, "health_check": true, "high_availability": true, "ingress": true, "insights_config": true,
	"itsm_receiver": true, "lifecycle_rule": true, "load_balancer": true, "log_config": true, "logging": true,
	"logic_app_receiver": true, "management": true, "metric_query": true, "point_in_time_recovery": true, "policy_details": true, "profile": true,
	"quantity_based_retention": true, "recurrence": true, "replica": true, "replica_configuration": true, "restore_to_point_in_time": true,
	"retain_rule": true, "retention_daily": true, "retention_policy": true, "retention_weekly": true, "rule": true, "s3_import": true,
	"scaling_config": true, "schedule": true, "secondary_config": true, "service_registries": true, "settings": true, "short_term_retention_policy": true,
	"sku": true, "sms_receiver": true, "snapshot_schedule_policy": true, "subnet_mapping": true, "tag": true, "template": true,
	"time_based_retention": true, "versioning": true, "versioning_configuration": true, "voice_receiver": true, "webhook_receiver": true,
	"arm_role_receiver": true, "automation_runbook_receiver": true, "azure_function_receiver": true, "network_configuration": true,
	"restore_continuous_backup_source": true, "restore_backup_source": true, "long_term_retention_policy": true,
}
