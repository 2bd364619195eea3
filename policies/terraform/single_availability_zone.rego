# METADATA
# title: Resource in a single availability zone
# description: |
#   An availability zone fails as a whole, a few times a year somewhere. What lives in one zone only is down until the
#   zone is back; a standby in a second zone takes over within a minute or two.
#
#   What counts: the argument that spreads a database, cache, broker, cluster, load balancer or group of machines over
#   zones, with the platform's value where it is not set.
#
#   Not asked of: replicas, members of a cluster, nodes that stand alone (`terraform/single-instance`), tiers that
#   cannot, scratch storage, and resources that serve development.
# custom:
#   id: terraform/single-availability-zone
#   severity: error
#   clauses: [OPS-3.1]
#   kinds:
#     - aws_db_instance
#     - aws_elasticache_replication_group
#     - aws_elasticache_cluster
#     - aws_memorydb_cluster
#     - aws_opensearch_domain
#     - aws_elasticsearch_domain
#     - aws_mq_broker
#     - aws_redshift_cluster
#     - aws_dms_replication_instance
#     - aws_efs_file_system
#     - aws_fsx_windows_file_system
#     - aws_fsx_ontap_file_system
#     - aws_lb
#     - aws_alb
#     - aws_autoscaling_group
#     - google_sql_database_instance
#     - google_container_cluster
#     - google_redis_instance
#     - google_alloydb_instance
#     - google_compute_instance_group_manager
#     - azurerm_postgresql_flexible_server
#     - azurerm_mysql_flexible_server
#     - azurerm_mssql_database
#     - azurerm_storage_account
#     - azurerm_redis_cache
#     - azurerm_kubernetes_cluster
#     - azurerm_service_plan
#     - azurerm_cosmosdb_account
#   remedy: spread it over at least two availability zones
package opslint.rules.terraform.single_availability_zone

import data.opslint.lib.terraform
import data.opslint.lib.zones

subject contains [] if {
	_asked != "fail"
}

deny contains finding if {
	_asked == "pass"
	zones.spread.answer == "fail"

	message := sprintf("runs in a single availability zone (%s)", [zones.spread.why])
	finding := terraform.report(input, zones.spread.path, message, _severity)
}

undetermined contains terraform.open_question(zones.spread.path, "whether it is spread over zones is not known before an apply") if {
	_asked != "fail"
	zones.spread.answer != "pass"
	"undetermined" in {_asked, zones.spread.answer}
}

_asked := terraform.all_of({terraform.negated(terraform.replica(input)), zones.spread.asked}) if terraform.demanding(input)

_severity := terraform.profiled(input, object.get(zones.spread, "severity", "error"))
