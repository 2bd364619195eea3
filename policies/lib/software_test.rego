package opslint.lib.software_test

import data.opslint.lib.software

test_knows_software_by_image_or_name[reference] if {
	some reference, class in {
		"docker.io/library/postgres:16": "database",
		"docker.elastic.co/elasticsearch/elasticsearch:8.1.0": "database",
		"quay.io/pires/docker-elasticsearch-kubernetes:5.6.2": "database",
		"capttofu/percona_xtradb_cluster_5_6:beta": "database",
		"rabbitmq:3-management": "broker",
		"registry:5000/bitnami/redis@sha256:0a1b": "cache",
		"grafana/grafana:12.0.0": "interface",
		"registry.k8s.io/spark-master": "coordinator",
	}
	software.class_of({"name": "main", "image": reference}) == class
}

test_knows_software_by_the_name_of_the_container if {
	software.class_of({"name": "cassandra", "image": "gcr.io/samples/c:v14"}) == "database"
	software.class_of({"name": "redis"}) == "cache"
	software.class_of({"name": "accounts-db", "image": "bank/accounts:1"}) == "database"
	software.class_of({"name": "main", "image": "bank/ledger-db@sha256:0a1b"}) == "database"
	software.class_of({"name": "loadgenerator", "image": "bank/load:1"}) == "interface"
}

test_knows_other_software if {
	every reference in [
		"shop/api:1", "shop/postgres-client:1", "prom/mysql-exporter:1", "oliver006/redis_exporter:1", "shop/kafka-consumer:1",
		"acme/wildfly-mysql-javaee7:1", "${IMAGE}", "shop/mysqlish:1", "shop/accounts-db-proxy:1", "shop/nodb:1",
	] {
		software.class_of({"name": "main", "image": reference}) == ""
	}
	software.class_of({}) == ""
}

test_knows_infrastructure if {
	software.infrastructure({"image": "quay.io/prometheus/blackbox-exporter:v0.27.0"})
	software.infrastructure({"image": "quay.io/prometheus-operator/prometheus-operator:v0.85.0"})
	not software.infrastructure({"image": "shop/orders:1"})
	software.infrastructure({"name": "argocd-application-controller", "image": "quay.io/argoproj/argocd:v3"})
	not software.infrastructure({"image": "shop/operator-console:1"})
}

test_knows_controllers if {
	software.controller({"name": "rollout-operator", "image": "grafana/rollout-operator:v0.30.0"})
	software.controller({"name": "manager", "image": "controller-manager:v2"})
	software.controller({"name": "argocd-application-controller"})
	not software.controller({"name": "controller", "image": "registry.k8s.io/ingress-nginx/controller:v1.13.0"})
	not software.controller({"name": "api", "image": "shop/controller-ui:1"})
	not software.controller({"name": "traefik-ingress-controller", "image": "traefik:v3"})
}
