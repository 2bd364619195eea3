# METADATA
# description: |
#   Well-known software by the last element of its image's name: what a second replica, a restart or a slow start
#   means for it.
package opslint.lib.software

import data.opslint.lib.image

# runs(container, names) holds if the container's image, or the container itself, bears one of the names, or if an
# unmistakable one of them is a word of the image's name ("bitnami-mysql-8") that is not about a helper of that software
# ("mysql-exporter").
runs(container, names) if lower(image.name(container.image)) in names

runs(container, names) if lower(container.name) in names

runs(container, names) if {
	words := {word | some word in regex.split(`[^a-z0-9]+`, lower(image.name(container.image)))}
	count((words & _unmistakable) & names) > 0
	count(words & _helpers) == 0
}

_unmistakable := {
	"postgres", "postgresql", "mysql", "mariadb", "percona", "mongo", "mongodb", "cassandra", "cockroachdb", "couchdb", "rethinkdb",
	"clickhouse", "influxdb", "elasticsearch", "opensearch", "etcd", "minio", "redis", "redisslave", "memcached", "hazelcast", "rabbitmq",
	"kafka", "zookeeper",
}

_helpers := {
	"exporter", "backup", "restore", "dump", "client", "cli", "operator", "controller", "proxy", "commander", "express", "ui", "gui",
	"admin", "init", "migrate", "migrator", "migration", "migrations", "connect", "connector", "tool", "tools", "monitor", "metrics",
	"sidecar", "agent", "web", "api", "app", "worker", "job", "sync", "manager", "rest", "gateway", "bridge", "adapter", "registry",
	"service", "wildfly", "tomcat", "wordpress", "django", "rails", "flask", "frontend", "backend", "consumer", "producer", "php", "java", "node", "python", "go", "spring", "test",
}

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
	"redis", "redis-stack", "redis-stack-server", "redis-cluster", "redis-sentinel", "redisslave", "valkey", "keydb", "dragonfly", "memcached",
	"hazelcast", "ignite", "infinispan", "varnish",
}

# coordinators lead a cluster: a second one would lead another.
coordinators := {
	"spark-master", "namenode", "hdfs-namenode", "resourcemanager", "jobmanager", "flink-jobmanager", "nimbus", "storm-nimbus",
	"selenium-hub",
}

# interfaces are used by a few people at a time, who can wait.
interfaces := {
	"pgadmin", "pgadmin4", "phpmyadmin", "phppgadmin", "adminer", "mongo-express", "redis-commander", "redisinsight", "kafka-ui",
	"kafka-manager", "cmak", "kafdrop", "akhq", "portainer", "portainer-ce", "dashboard", "kubernetes-dashboard", "headlamp", "flower",
	"rq-dashboard", "mailhog", "mailpit", "grafana", "kibana", "opensearch-dashboards", "prometheus", "alertmanager", "pushgateway", "jaeger",
	"all-in-one", "jaeger-query", "zipkin", "jenkins", "drone", "sonarqube", "nexus3", "chartmuseum", "gitea", "gitlab-ce", "spark-ui-proxy",
	"zeppelin", "heapster",
}

# infrastructure(container) holds for helpers of the cluster, whose load does not follow the users.
infrastructure(container) if regex.match(
	`(?:^|-)(?:exporter|operator|controller|adapter|webhook|provisioner|autoscaler|state-metrics|metrics-server)$`,
	lower(image.name(container.image)),
)
