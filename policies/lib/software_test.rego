package opslint.lib.software_test

import data.opslint.lib.software

test_knows_software_by_image_or_name if {
	software.runs({"name": "db", "image": "docker.io/library/postgres:16"}, software.databases)
	software.runs({"name": "cassandra", "image": "gcr.io/samples/c:v14"}, software.databases)
	software.runs({"name": "search", "image": "docker.elastic.co/elasticsearch/elasticsearch:8.1.0"}, software.databases)
	software.runs({"name": "mq", "image": "rabbitmq:3-management"}, software.brokers)
	software.runs({"name": "es", "image": "quay.io/pires/docker-elasticsearch-kubernetes:5.6.2"}, software.databases)
	software.runs({"name": "pxc", "image": "capttofu/percona_xtradb_cluster_5_6:beta"}, software.databases)
}

test_knows_other_software if {
	not software.runs({"name": "api", "image": "shop/postgres-client:1"}, software.databases)
	not software.runs({"name": "redis-exporter", "image": "oliver006/redis_exporter:1"}, software.caches)
	not software.runs({"name": "mysqld-exporter", "image": "prom/mysql-exporter:1"}, software.databases)
	not software.runs({"name": "api", "image": "acme/wildfly-mysql-javaee7:1"}, software.databases)
	not software.runs({"name": "api", "image": "shop/kafka-consumer:1"}, software.brokers)
	not software.runs({"name": "api"}, software.databases)
	not software.runs({"image": "${IMAGE}"}, software.databases)
}

test_knows_infrastructure if {
	software.infrastructure({"image": "quay.io/prometheus/blackbox-exporter:v0.27.0"})
	software.infrastructure({"image": "quay.io/prometheus-operator/prometheus-operator:v0.85.0"})
	not software.infrastructure({"image": "shop/orders:1"})
	not software.infrastructure({"image": "shop/operator-console:1"})
}
