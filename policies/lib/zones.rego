# METADATA
# description: |
#   Whether a resource is spread over availability zones: spread has the answer, the path to point at (below config), a
#   reason for people, and whether the question can be asked of the resource at all.
package opslint.lib.zones

import data.opslint.lib.terraform

# Switches: is the argument true? Absent is false on all of these platforms.
_switches := {
	"aws_db_instance": ["multi_az"],
	"aws_dms_replication_instance": ["multi_az"],
}

spread := _entry(path, terraform.is_true(input, path, false), asked) if {
	path := _switches[input.kind]
	asked := terraform.negated(terraform.matches(input, ["engine"], "", "^aurora"))
}

# One of a few words: which of them complies, and what holds where nothing is set.
_words := {
	"aws_mq_broker": {"path": ["deployment_mode"], "absent": "SINGLE_INSTANCE", "bad": "^SINGLE_INSTANCE$"},
	"aws_fsx_windows_file_system": {"path": ["deployment_type"], "absent": "SINGLE_AZ_1", "bad": "^SINGLE_AZ_"},
	"aws_fsx_ontap_file_system": {"path": ["deployment_type"], "absent": "", "bad": "^SINGLE_AZ_"},
	"google_sql_database_instance": {"path": ["settings", 0, "availability_type"], "absent": "ZONAL", "bad": "^ZONAL$"},
	"google_container_cluster": {"path": ["location"], "absent": "", "bad": "-[a-z]$"},
	"google_redis_instance": {"path": ["tier"], "absent": "BASIC", "bad": "^BASIC$"},
	"google_alloydb_instance": {"path": ["availability_type"], "absent": "REGIONAL", "bad": "^ZONAL$"},
	"azurerm_storage_account": {"path": ["account_replication_type"], "absent": "", "bad": "^LRS$"},
	"azurerm_redis_cache": {"path": ["sku_name"], "absent": "", "bad": "^Basic$"},
}

spread := _entry(word.path, answer, _word_asked) if {
	word := _words[input.kind]
	answer := terraform.negated(terraform.matches(input, word.path, word.absent, word.bad))
}

_word_asked := terraform.is_one_of(input, ["instance_type"], "", {"PRIMARY"}) if {
	input.kind == "google_alloydb_instance"
} else := terraform.negated(terraform.is_true(input, ["enable_autopilot"], false)) if {
	input.kind == "google_container_cluster"
} else := "fail" if {
	input.kind == "azurerm_storage_account"
	_scratch
} else := terraform.negated(terraform.is_one_of(input, ["account_tier"], "Standard", {"Premium"})) if {
	input.kind == "azurerm_storage_account"
} else := "pass"

_scratch if {
	some word in terraform.words(input)
	word in {
		"log", "logs", "logging", "access", "tmp", "temp", "scratch", "cache", "artifact", "artifacts", "build",
		"builds", "lambda", "deploy", "athena", "results", "replica", "codepipeline", "cdn",
	}
}

# Caches: one node alone is another rule's fault.
spread := _entry(["multi_az_enabled"], terraform.is_true(input, ["multi_az_enabled"], false), several) if {
	input.kind == "aws_elasticache_replication_group"
	several := terraform.any_of({
		terraform.at_least(input, ["num_cache_clusters"], 1, 2),
		terraform.at_least(input, ["number_cache_clusters"], 1, 2),
		terraform.at_least(input, ["replicas_per_node_group"], 0, 1),
		terraform.at_least(input, ["cluster_mode", 0, "replicas_per_node_group"], 0, 1),
		terraform.is_set(input, ["global_replication_group_id"]),
	})
}

spread := _entry(["az_mode"], terraform.is_one_of(input, ["az_mode"], "single-az", {"cross-az"}), asked) if {
	input.kind == "aws_elasticache_cluster"
	asked := terraform.all_of({
		terraform.is_one_of(input, ["engine"], "", {"memcached"}),
		terraform.at_least(input, ["num_cache_nodes"], 1, 2),
	})
}

spread := _entry(["num_replicas_per_shard"], terraform.at_least(input, ["num_replicas_per_shard"], 1, 1), "pass") if {
	input.kind == "aws_memorydb_cluster"
}

spread := _entry(path, answer, "pass") if {
	input.kind in {"aws_opensearch_domain", "aws_elasticsearch_domain"}
	path := ["cluster_config", 0, "zone_awareness_enabled"]
	answer := terraform.any_of({
		terraform.is_true(input, path, false),
		terraform.is_true(input, ["cluster_config", 0, "multi_az_with_standby_enabled"], false),
	})
}

# Nodes of the RA3 kind can move to another zone; others cannot.
spread := _entry(path, answer, terraform.matches(input, ["node_type"], "", "^ra3[.]")) if {
	input.kind == "aws_redshift_cluster"
	path := ["availability_zone_relocation_enabled"]
	answer := terraform.any_of({terraform.is_true(input, path, false), terraform.is_true(input, ["multi_az"], false)})
}

spread := _entry(path, terraform.is_one_of(input, path, null, {null}), "pass") if {
	input.kind == "aws_efs_file_system"
	path := ["availability_zone_name"]
}

spread := _entry(path, terraform.judge(lengths, {n | some n in lengths; n > 1}), asked) if {
	input.kind in {"aws_lb", "aws_alb"}
	path := ["subnets"]
	terraform.state(input, path) != "absent"
	lengths := terraform.length(input, path)
	asked := terraform.negated(terraform.is_one_of(input, ["load_balancer_type"], "application", {"gateway"}))
}

spread := _entry(path, terraform.judge({n}, {m | some m in {n}; m > 1}), asked) if {
	input.kind in {"aws_lb", "aws_alb"}
	path := ["subnet_mapping"]
	terraform.state(input, ["subnets"]) == "absent"
	n := count(object.get(input.config, path, []))
	n > 0
	not terraform.is_open(input, path)
	asked := terraform.negated(terraform.is_one_of(input, ["load_balancer_type"], "application", {"gateway"}))
}

spread := _entry(path, terraform.judge(lengths, {n | some n in lengths; n > 1}), terraform.at_least(input, ["max_size"], 0, 2)) if {
	input.kind == "aws_autoscaling_group"
	path := [name | some name in ["vpc_zone_identifier", "availability_zones"]; terraform.state(input, [name]) != "absent"]
	count(path) == 1
	lengths := terraform.length(input, path)
}

spread := _entry(["zone"], "fail", terraform.at_least(input, ["target_size"], 0, 2)) if {
	input.kind == "google_compute_instance_group_manager"
}

# Burstable servers cannot be spread: still worth saying, less loudly.
spread := object.union(_entry(path, answer, "pass"), {"severity": severity}) if {
	input.kind in {"azurerm_postgresql_flexible_server", "azurerm_mysql_flexible_server"}
	path := ["high_availability", 0, "mode"]
	answer := terraform.all_of({
		terraform.has_block(input, ["high_availability"]),
		terraform.is_one_of(input, path, "", {"ZoneRedundant"}),
	})
	severity := {"pass": "warning", "undetermined": "error", "fail": "error"}[terraform.matches(input, ["sku_name"], "", "^B_")]
}

spread := _entry(["zone_redundant"], terraform.is_true(input, ["zone_redundant"], false), asked) if {
	input.kind == "azurerm_mssql_database"
	asked := terraform.matches(input, ["sku_name"], "", "^(P[0-9]|BC_|GP_|HS_)")
}

spread := _entry(path, answer, "pass") if {
	input.kind == "azurerm_kubernetes_cluster"
	path := ["default_node_pool", 0, "zones"]
	lengths := terraform.length(input, path)
	older := terraform.length(input, ["default_node_pool", 0, "availability_zones"])
	answer := terraform.any_of({
		terraform.judge(lengths, {n | some n in lengths; n > 1}),
		terraform.judge(older, {n | some n in older; n > 1}),
	})
}

spread := _entry(["zone_balancing_enabled"], terraform.is_true(input, ["zone_balancing_enabled"], false), asked) if {
	input.kind == "azurerm_service_plan"
	asked := terraform.all_of({
		terraform.at_least(input, ["worker_count"], 1, 2),
		terraform.matches(input, ["sku_name"], "", "^(P[0-9]m?v[23]|WS)"),
	})
}

spread := _entry(path, terraform.is_true(input, path, false), asked) if {
	input.kind == "azurerm_cosmosdb_account"
	not terraform.is_open(input, ["geo_location"])
	count(object.get(input.config, "geo_location", [])) == 1
	path := ["geo_location", 0, "zone_redundant"]
	asked := terraform.negated(terraform.any_of({answer |
		some i, _ in object.get(input.config, "capabilities", [])
		answer := terraform.is_one_of(input, ["capabilities", i, "name"], "", {"EnableServerless"})
	}))
}

_entry(path, answer, asked) := {"path": path, "answer": answer, "asked": asked, "why": _why(path)}

_why(path) := _reasons[path[0]] if {
	_reasons[path[0]]
} else := terraform.written(input, path)

_reasons := {
	"subnets": "it has one subnet",
	"subnet_mapping": "it has one subnet",
	"vpc_zone_identifier": "it has one subnet",
	"availability_zones": "it names one zone",
	"zone": "all its machines are in one zone",
}
