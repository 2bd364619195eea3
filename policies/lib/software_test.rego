package opslint.lib.software_test

import data.opslint.lib.software

test_knows_software_by_image_or_name if {
	software.runs({"name": "db", "image": "docker.io/library/postgres:16"}, software.databases)
	software.runs({"name": "cassandra", "image": "gcr.io/samples/c:v14"}, software.databases)
	software.runs({"name": "search", "image": "docker.elastic.co/elasticsearch/elasticsearch:8.1.0"}, software.databases)
	software.runs({"name": "mq", "image": "rabbitmq:3-management"}, software.brokers)
}

test_knows_other_software if {
	not software.runs({"name": "api", "image": "shop/postgres-client:1"}, software.databases)
	not software.runs({"name": "redis-exporter", "image": "oliver006/redis_exporter:1"}, software.caches)
	not software.runs({"name": "api"}, software.databases)
	not software.runs({"image": "${IMAGE}"}, software.databases)
}
