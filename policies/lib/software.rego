# METADATA
# description: |
#   Well-known software by the last element of its image's name: what a second replica, a restart or a slow start
#   means for it.
package opslint.lib.software

import data.opslint.lib.image

# runs(container, names) holds if the container's image, or the container itself, bears one of the names.
runs(container, names) if lower(image.name(container.image)) in names

runs(container, names) if lower(container.name) in names

# databases keep data that outlives their process.
databases := {
	"postgres", "postgresql", "postgresql-repmgr", "postgres-ha", "postgis", "timescaledb", "timescaledb-ha", "pgvector", "spilo",
	"mysql", "mysql-server", "mysql-galera", "mariadb", "mariadb-galera", "galera", "percona", "percona-server",
	"percona-xtradb-cluster", "mongo", "mongodb", "mongodb-community-server", "percona-server-mongodb", "mssql",
	"mssql-server", "cockroach", "cockroachdb", "cassandra", "scylla", "couchdb", "couchbase", "influxdb", "clickhouse",
	"clickhouse-server", "neo4j", "arangodb", "rethinkdb", "dgraph", "tidb", "tikv", "pd", "yugabyte", "crate", "questdb",
	"vttablet", "surrealdb", "ravendb", "db2", "oracle-xe", "etcd", "consul", "vault", "minio", "storageos", "hbase", "ldap",
	"openldap", "victoria-metrics", "weaviate", "qdrant", "milvus",
} | search_engines

# search_engines are databases on a JVM, which start slowly.
search_engines := {"elasticsearch", "elasticsearch-oss", "opensearch", "solr"}

brokers := {
	"rabbitmq", "kafka", "cp-kafka", "cp-server", "redpanda", "nats", "nats-server", "nats-streaming", "activemq", "activemq-artemis",
	"artemis", "pulsar", "pulsar-all", "emqx", "mosquitto", "eclipse-mosquitto", "hivemq", "rocketmq", "zookeeper", "cp-zookeeper",
	"kubernetes-zookeeper", "nsqd", "vernemq",
}

caches := {
	"redis", "redis-stack", "redis-stack-server", "redis-cluster", "redis-sentinel", "valkey", "keydb", "dragonfly", "memcached",
	"hazelcast", "ignite", "infinispan", "varnish",
}

# interfaces are used by a few people at a time.
interfaces := {
	"pgadmin", "pgadmin4", "phpmyadmin", "phppgadmin", "adminer", "mongo-express", "redis-commander", "redisinsight", "kafka-ui",
	"kafka-manager", "cmak", "kafdrop", "akhq", "portainer", "portainer-ce", "dashboard", "kubernetes-dashboard", "flower", "rq-dashboard",
	"mailhog", "mailpit", "grafana", "kibana", "opensearch-dashboards", "prometheus", "alertmanager", "jaeger", "all-in-one", "jaeger-query",
	"zipkin", "argocd", "jenkins", "drone", "sonarqube", "nexus3", "registry", "chartmuseum", "gitea", "gitlab-ce", "spark-ui-proxy",
	"heapster", "kube-state-metrics", "metrics-server", "prometheus-operator", "pushgateway", "loki", "tempo", "mimir", "headlamp",
}
