package opslint.lib.zones_test

import data.opslint.lib.zones

_resource(kind, config, overrides) := object.union(
	{
		"kind": kind, "name": "main", "address": sprintf("%s.main", [kind]), "mode": "managed", "root": "live", "target": "",
		"config": config, "unknown": [], "candidates": [], "sensitive": [], "references": [],
	},
	overrides,
)

_spread(kind, config) := found if found := zones.spread with input as _resource(kind, config, {})

_unknown(kind, config, paths) := found if found := zones.spread with input as _resource(kind, config, {"unknown": paths})

test_reports_one_zone[name] if {
	some name, [kind, config, path] in {
		"RDS": ["aws_db_instance", {}, ["multi_az"]],
		"RDS, written": ["aws_db_instance", {"multi_az": false}, ["multi_az"]],
		"DMS": ["aws_dms_replication_instance", {}, ["multi_az"]],
		"MQ": ["aws_mq_broker", {}, ["deployment_mode"]],
		"FSx for Windows": ["aws_fsx_windows_file_system", {}, ["deployment_type"]],
		"FSx for ONTAP": ["aws_fsx_ontap_file_system", {"deployment_type": "SINGLE_AZ_1"}, ["deployment_type"]],
		"Cloud SQL": ["google_sql_database_instance", {"settings": [{}]}, ["settings", 0, "availability_type"]],
		"GKE": ["google_container_cluster", {"location": "europe-west2-a"}, ["location"]],
		"Memorystore": ["google_redis_instance", {}, ["tier"]],
		"AlloyDB": ["google_alloydb_instance", {"instance_type": "PRIMARY", "availability_type": "ZONAL"}, ["availability_type"]],
		"storage account": ["azurerm_storage_account", {"account_replication_type": "LRS"}, ["account_replication_type"]],
		"Redis": ["azurerm_redis_cache", {"sku_name": "Basic"}, ["sku_name"]],
		"ElastiCache": ["aws_elasticache_replication_group", {"num_cache_clusters": 2}, ["multi_az_enabled"]],
		"memcached": ["aws_elasticache_cluster", {"engine": "memcached", "num_cache_nodes": 2}, ["az_mode"]],
		"MemoryDB": ["aws_memorydb_cluster", {"num_replicas_per_shard": 0}, ["num_replicas_per_shard"]],
		"OpenSearch": ["aws_opensearch_domain", {"cluster_config": [{}]}, ["cluster_config", 0, "zone_awareness_enabled"]],
		"Redshift": ["aws_redshift_cluster", {"node_type": "ra3.xlplus"}, ["availability_zone_relocation_enabled"]],
		"EFS": ["aws_efs_file_system", {"availability_zone_name": "eu-west-2a"}, ["availability_zone_name"]],
		"load balancer": ["aws_lb", {"subnets": ["subnet-1"]}, ["subnets"]],
		"network load balancer": ["aws_lb", {"load_balancer_type": "network", "subnet_mapping": [{}]}, ["subnet_mapping"]],
		"machines": ["aws_autoscaling_group", {"vpc_zone_identifier": ["subnet-1"], "max_size": 2}, ["vpc_zone_identifier"]],
		"instance group": ["google_compute_instance_group_manager", {"target_size": 2}, ["zone"]],
		"flexible server": ["azurerm_postgresql_flexible_server", {}, ["high_availability", 0, "mode"]],
		"flexible server, written": ["azurerm_mysql_flexible_server", {"high_availability": [{"mode": "SameZone"}]}, ["high_availability", 0, "mode"]],
		"SQL database": ["azurerm_mssql_database", {"sku_name": "P1"}, ["zone_redundant"]],
		"AKS": ["azurerm_kubernetes_cluster", {"default_node_pool": [{"zones": ["1"]}]}, ["default_node_pool", 0, "zones"]],
		"service plan": ["azurerm_service_plan", {"sku_name": "P1v3", "worker_count": 2}, ["zone_balancing_enabled"]],
		"Cosmos DB": ["azurerm_cosmosdb_account", {"geo_location": [{}]}, ["geo_location", 0, "zone_redundant"]],
	}
	found := _spread(kind, config)
	[found.path, found.answer, found.asked] == [path, "fail", "pass"]
}

test_accepts_several_zones[name] if {
	some name, [kind, config] in {
		"RDS": ["aws_db_instance", {"multi_az": true}],
		"RDS, text": ["aws_db_instance", {"multi_az": "true"}],
		"MQ": ["aws_mq_broker", {"deployment_mode": "ACTIVE_STANDBY_MULTI_AZ"}],
		"Cloud SQL": ["google_sql_database_instance", {"settings": [{"availability_type": "REGIONAL"}]}],
		"GKE": ["google_container_cluster", {"location": "europe-west2"}],
		"Memorystore": ["google_redis_instance", {"tier": "STANDARD_HA"}],
		"storage account": ["azurerm_storage_account", {"account_replication_type": "ZRS"}],
		"ElastiCache": ["aws_elasticache_replication_group", {"num_cache_clusters": 2, "multi_az_enabled": true}],
		"MemoryDB": ["aws_memorydb_cluster", {}],
		"OpenSearch": ["aws_opensearch_domain", {"cluster_config": [{"multi_az_with_standby_enabled": true}]}],
		"Redshift": ["aws_redshift_cluster", {"node_type": "ra3.xlplus", "multi_az": true}],
		"EFS": ["aws_efs_file_system", {}],
		"load balancer": ["aws_lb", {"subnets": ["subnet-1", "subnet-2"]}],
		"machines": ["aws_autoscaling_group", {"availability_zones": ["eu-west-2a", "eu-west-2b"], "max_size": 2}],
		"flexible server": ["azurerm_postgresql_flexible_server", {"high_availability": [{"mode": "ZoneRedundant"}]}],
		"AKS": ["azurerm_kubernetes_cluster", {"default_node_pool": [{"zones": ["1", "2"]}]}],
		"AKS, older": ["azurerm_kubernetes_cluster", {"default_node_pool": [{"availability_zones": ["1", "2"]}]}],
	}
	_spread(kind, config).answer == "pass"
}

test_spares_what_cannot_be_asked[name] if {
	some name, [kind, config] in {
		"member of Aurora": ["aws_db_instance", {"engine": "aurora-mysql"}],
		"one cache node": ["aws_elasticache_replication_group", {}],
		"Redis by nodes": ["aws_elasticache_cluster", {"engine": "redis", "num_cache_nodes": 2}],
		"old nodes": ["aws_redshift_cluster", {"node_type": "dc2.large"}],
		"one machine": ["aws_autoscaling_group", {"vpc_zone_identifier": ["subnet-1"], "max_size": 1}],
		"gateway": ["aws_lb", {"load_balancer_type": "gateway", "subnets": ["subnet-1"]}],
		"autopilot": ["google_container_cluster", {"location": "europe-west2-a", "enable_autopilot": true}],
		"read pool": ["google_alloydb_instance", {"instance_type": "READ_POOL", "availability_type": "ZONAL"}],
		"scratch": ["azurerm_storage_account", {"name": "build-artifacts", "account_replication_type": "LRS"}],
		"premium": ["azurerm_storage_account", {"account_tier": "Premium", "account_replication_type": "LRS"}],
		"small database": ["azurerm_mssql_database", {"sku_name": "S0"}],
		"serverless": ["azurerm_cosmosdb_account", {"geo_location": [{}], "capabilities": [{"name": "EnableServerless"}]}],
		"one worker": ["azurerm_service_plan", {"sku_name": "P1v3", "worker_count": 1}],
	}
	_spread(kind, config).asked == "fail"
}

test_ignores_unknown_values if {
	_unknown("aws_db_instance", {}, [["multi_az"]]).answer == "undetermined"
	_unknown("google_sql_database_instance", {"settings": [{}]}, [["settings", 0, "availability_type"]]).answer == "undetermined"
	_unknown("aws_lb", {}, [["subnets"]]).answer == "undetermined"
	_unknown("aws_lb", {"subnets": ["aws_subnet.a.id", "aws_subnet.b.id"]}, [["subnets", 0], ["subnets", 1]]).answer == "pass"
	_unknown("aws_elasticache_replication_group", {}, [["num_cache_clusters"]]).asked == "undetermined"
	_unknown("aws_opensearch_domain", {}, [["cluster_config"]]).answer == "undetermined"
	_unknown("azurerm_postgresql_flexible_server", {}, [["high_availability"]]).answer == "undetermined"
	_unknown("azurerm_mssql_database", {}, [["sku_name"]]).asked == "undetermined"
	_unknown("aws_redshift_cluster", {}, [["node_type"]]).asked == "undetermined"
}

test_burstable_servers_are_only_a_warning if {
	_spread("azurerm_postgresql_flexible_server", {"sku_name": "B_Standard_B1ms"}).severity == "warning"
	_spread("azurerm_postgresql_flexible_server", {"sku_name": "GP_Standard_D2s_v3"}).severity == "error"
}

test_says_why if {
	_spread("aws_db_instance", {}).why == "multi_az is not set"
	_spread("aws_lb", {"subnets": ["subnet-1"]}).why == "it has one subnet"
	_spread("google_redis_instance", {"tier": "BASIC"}).why == "tier is BASIC"
}
