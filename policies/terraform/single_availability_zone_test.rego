package opslint.rules.terraform.single_availability_zone_test

import data.opslint.lib.terraform_test
import data.opslint.rules.terraform.single_availability_zone as rule

_resource(kind, config, overrides) := object.union(
	{
		"kind": kind, "name": "main", "address": sprintf("%s.main", [kind]), "configuration": sprintf("%s.main", [kind]),
		"mode": "managed", "root": "live", "target": "", "profile": "production", "instances": "known", "config": config,
		"unknown": [], "candidates": [], "sensitive": [], "references": [], "origins": [], "calls": [], "meta": {},
	},
	overrides,
)

_config := {"terraform": {"single_availability_zone": {}}}

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

test_reports_what_lives_in_one_zone if {
	every resource, path in {
		_resource("aws_db_instance", {}, {}): ["multi_az"],
		_resource("aws_db_instance", {"multi_az": false}, {}): ["multi_az"],
		_resource("aws_elasticache_replication_group", {"num_cache_clusters": 2}, {}): ["multi_az_enabled"],
		_resource("aws_elasticache_replication_group", {"replicas_per_node_group": 1}, {}): ["multi_az_enabled"],
		_resource("aws_elasticache_cluster", {"engine": "memcached", "num_cache_nodes": 2}, {}): ["az_mode"],
		_resource("aws_memorydb_cluster", {"num_replicas_per_shard": 0}, {}): ["num_replicas_per_shard"],
		_resource("aws_opensearch_domain", {"cluster_config": [{"instance_count": 3}]}, {}): ["cluster_config", 0, "zone_awareness_enabled"],
		_resource("aws_mq_broker", {}, {}): ["deployment_mode"],
		_resource("aws_redshift_cluster", {"node_type": "ra3.xlplus"}, {}): ["availability_zone_relocation_enabled"],
		_resource("aws_efs_file_system", {"availability_zone_name": "eu-west-1a"}, {}): ["availability_zone_name"],
		_resource("aws_lb", {"subnets": ["aws_subnet.a.id"]}, {"unknown": [["subnets", 0]]}): ["subnets"],
		_resource("aws_lb", {"subnet_mapping": [{"subnet_id": "a"}]}, {}): ["subnet_mapping"],
		_resource("aws_autoscaling_group", {"vpc_zone_identifier": ["a"], "max_size": 4}, {}): ["vpc_zone_identifier"],
		_resource("google_sql_database_instance", {"settings": [{}]}, {}): ["settings", 0, "availability_type"],
		_resource("google_container_cluster", {"location": "europe-west1-b"}, {}): ["location"],
		_resource("google_redis_instance", {}, {}): ["tier"],
		_resource("google_alloydb_instance", {"instance_type": "PRIMARY", "availability_type": "ZONAL"}, {}): ["availability_type"],
		_resource("google_compute_instance_group_manager", {"target_size": 3}, {}): ["zone"],
		_resource("azurerm_postgresql_flexible_server", {}, {}): ["high_availability", 0, "mode"],
		_resource("azurerm_mssql_database", {"sku_name": "GP_Gen5_2"}, {}): ["zone_redundant"],
		_resource("azurerm_storage_account", {"account_replication_type": "LRS"}, {}): ["account_replication_type"],
		_resource("azurerm_kubernetes_cluster", {"default_node_pool": [{"name": "default"}]}, {}): ["default_node_pool", 0, "zones"],
		_resource("azurerm_service_plan", {"sku_name": "P1v3", "worker_count": 3}, {}): ["zone_balancing_enabled"],
		_resource("azurerm_cosmosdb_account", {"geo_location": [{"location": "westeurope"}]}, {}): ["geo_location", 0, "zone_redundant"],
	} {
		_reported(resource, []) == {array.concat(["config"], path)}
	}
}

test_accepts_what_is_spread if {
	every resource in [
		_resource("aws_db_instance", {"multi_az": true}, {}),
		_resource("aws_elasticache_replication_group", {"num_cache_clusters": 2, "multi_az_enabled": true}, {}),
		_resource("aws_memorydb_cluster", {}, {}),
		_resource("aws_opensearch_domain", {"cluster_config": [{"multi_az_with_standby_enabled": true}]}, {}),
		_resource("aws_redshift_cluster", {"node_type": "ra3.xlplus", "multi_az": true}, {}),
		_resource("aws_efs_file_system", {}, {}),
		_resource("aws_lb", {"subnets": ["a", "b"]}, {}),
		_resource("google_container_cluster", {"location": "europe-west1"}, {}),
		_resource("azurerm_postgresql_flexible_server", {"high_availability": [{"mode": "ZoneRedundant"}]}, {}),
		_resource("azurerm_storage_account", {"account_replication_type": "GZRS"}, {}),
		_resource("azurerm_kubernetes_cluster", {"default_node_pool": [{"zones": ["1", "2", "3"]}]}, {}),
	] {
		_reported(resource, []) == set()
		_open(resource, []) == set()
		_subjects(resource) == {[]}
	}
}

test_accepts_what_is_not_asked if {
	every resource in [
		_resource("aws_db_instance", {"replicate_source_db": "orders"}, {}),
		_resource("aws_db_instance", {"engine": "aurora-postgresql"}, {}),
		_resource("aws_db_instance", {}, {"profile": "development"}),
		_resource("aws_elasticache_replication_group", {"num_cache_clusters": 1}, {}),
		_resource("aws_elasticache_cluster", {"engine": "redis"}, {}),
		_resource("aws_redshift_cluster", {"node_type": "dc2.large"}, {}),
		_resource("aws_lb", {"load_balancer_type": "gateway", "subnets": ["a"]}, {}),
		_resource("google_alloydb_instance", {"instance_type": "READ_POOL", "availability_type": "ZONAL"}, {}),
		_resource("google_container_cluster", {"enable_autopilot": true, "location": "europe-west1-b"}, {}),
		_resource("azurerm_mssql_database", {"sku_name": "S1"}, {}),
		_resource("azurerm_storage_account", {"name": "buildlogs", "account_replication_type": "LRS", "tags": {"purpose": "logs"}}, {}),
	] {
		_reported(resource, []) == set()
		_subjects(resource) == set()
	}
}

test_ignores_unknown_values if {
	every resource in [
		_resource("aws_db_instance", {}, {"unknown": [["multi_az"]]}),
		_resource("aws_db_instance", {}, {"unknown": [["engine"]]}),
		_resource("aws_lb", {}, {"unknown": [["subnets"]]}),
		_resource("aws_efs_file_system", {}, {"unknown": [["availability_zone_name"]]}),
		_resource("aws_elasticache_replication_group", {}, {"unknown": [["num_cache_clusters"]]}),
		_resource("google_container_cluster", {}, {"unknown": [["location"]]}),
		_resource("azurerm_postgresql_flexible_server", {}, {"unknown": [["high_availability"]]}),
	] {
		_reported(resource, []) == set()
		count(_open(resource, [])) == 1
	}
}

test_is_milder_where_the_tier_cannot if {
	found := rule.deny with input as _resource("azurerm_postgresql_flexible_server", {"sku_name": "B_Standard_B1ms"}, {})
		with data.config as _config
		with data.inventory as _inventory([])

	{finding.severity | some finding in found} == {"warning"}
}
