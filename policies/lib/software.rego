# METADATA
# description: |
#   Well-known software, by the last element of its image's name: what a second replica, a restart or a slow start means
#   for it.
package opslint.lib.software

import data.opslint.lib.image

# class_of(container) is what the container runs, by its image's name or its own, or by an unmistakable word of the
# image's name ("bitnami-mysql-8") unless another word says that it is only a helper of that software
# ("mysql-exporter"); "" if nothing is known:
#
#   "database"     keeps data that outlives its process; search engines are databases too
#   "broker"       carries messages
#   "cache"        keeps data that can be had again
#   "coordinator"  leads a cluster: a second one would lead another
#   "interface"    is used by a few people at a time, who can wait
#
# What calls itself a database ("accounts-db") is one.
class_of(container) := class if {
	class := _classes[lower(image.name(container.image))]
} else := class if {
	class := _classes[lower(container.name)]
} else := class if {
	text := lower(image.name(container.image))
	word := regex.find_all_string_submatch_n(_unmistakable, text, 1)[0][1]
	not regex.match(_helpers, text)
	class := _classes[word]
} else := "database" if {
	some name in _names(container)
	regex.match(`(?:^|[-_.])(?:db|database)$`, name)
} else := ""

# The names that a container goes by.
_names(container) := {lower(container.name)} | {lower(image.name(container.image))} if {
	is_string(container.name)
	is_string(container.image)
} else := {lower(container.name)} if {
	is_string(container.name)
} else := {lower(image.name(container.image))}

# infrastructure(container) holds for helpers of the cluster, whose load does not follow the users.
infrastructure(container) if {
	some name in _names(container)
	regex.match(`(?:^|-)(?:exporter|operator|controller|adapter|webhook|provisioner|autoscaler|state-metrics|metrics-server)$`, name)
}

# controller(container) holds for what brings the cluster to a wanted state: of several only one would act, and while
# none runs nothing is lost but time. Controllers of ingresses and gateways carry the users' traffic and are none.
controller(container) if {
	some name in _names(container)
	regex.match(`(?:^|-)(?:operator|controller|controller-manager|provisioner|exporter)$`, name)
	every text in [object.get(container, "name", ""), object.get(container, "image", "")] {
		not regex.match(`ingress|gateway|nginx|haproxy|traefik|contour|envoy|kong|proxy|webhook`, text)
	}
}

_unmistakable := concat("", [
	"(?:^|[^a-z0-9])(", concat("|", [
		"postgres", "postgresql", "mysql", "mariadb", "percona", "mongo", "mongodb", "cassandra", "cockroachdb",
		"couchdb", "rethinkdb", "clickhouse", "influxdb", "elasticsearch", "opensearch", "etcd", "minio", "redis",
		"redisslave", "memcached", "hazelcast", "rabbitmq", "kafka", "zookeeper",
	]),
	")(?:[^a-z0-9]|$)",
])

_helpers := concat("", [
	"(?:^|[^a-z0-9])(?:", concat("|", [
		"exporter", "backup", "restore", "dump", "client", "cli", "operator", "controller", "proxy", "commander",
		"express", "ui", "gui", "admin", "init", "migrate", "migrator", "migration", "migrations", "connect",
		"connector", "tool", "tools", "monitor", "metrics", "sidecar", "agent", "web", "api", "app", "worker", "job",
		"sync", "manager", "rest", "gateway", "bridge", "adapter", "registry", "service", "wildfly", "tomcat",
		"wordpress", "django", "rails", "flask", "frontend", "backend", "consumer", "producer", "php", "java", "node",
		"python", "go", "spring", "test",
	]),
	")(?:[^a-z0-9]|$)",
])

_classes := {
	"postgres": "database", "postgresql": "database", "postgresql-repmgr": "database", "postgres-ha": "database",
	"postgis": "database", "timescaledb": "database", "timescaledb-ha": "database", "pgvector": "database",
	"spilo": "database", "mysql": "database", "mysql-server": "database", "mysql-galera": "database",
	"mariadb": "database", "mariadb-galera": "database", "galera": "database", "percona": "database",
	"percona-server": "database", "percona-xtradb-cluster": "database", "mongo": "database",
	"mongodb": "database", "mongodb-community-server": "database", "percona-server-mongodb": "database",
	"mssql": "database", "mssql-server": "database", "cockroach": "database", "cockroachdb": "database",
	"cassandra": "database", "scylla": "database", "couchdb": "database", "couchbase": "database",
	"influxdb": "database", "clickhouse": "database", "clickhouse-server": "database", "neo4j": "database",
	"arangodb": "database", "rethinkdb": "database", "dgraph": "database", "tidb": "database", "tikv": "database",
	"pd": "database", "yugabyte": "database", "crate": "database", "questdb": "database", "vttablet": "database",
	"surrealdb": "database", "ravendb": "database", "db2": "database", "oracle-xe": "database",
	"etcd": "database", "consul": "database", "vault": "database", "minio": "database", "storageos": "database",
	"hbase": "database", "ldap": "database", "openldap": "database", "victoria-metrics": "database",
	"weaviate": "database", "qdrant": "database", "milvus": "database", "elasticsearch": "database",
	"elasticsearch-oss": "database", "opensearch": "database", "solr": "database",
	"rabbitmq": "broker", "kafka": "broker", "cp-kafka": "broker", "cp-server": "broker", "redpanda": "broker",
	"nats": "broker", "nats-server": "broker", "nats-streaming": "broker", "activemq": "broker",
	"activemq-artemis": "broker", "artemis": "broker", "pulsar": "broker", "pulsar-all": "broker",
	"emqx": "broker", "mosquitto": "broker", "eclipse-mosquitto": "broker", "hivemq": "broker",
	"rocketmq": "broker", "zookeeper": "broker", "cp-zookeeper": "broker", "kubernetes-zookeeper": "broker",
	"nsqd": "broker", "vernemq": "broker",
	"redis": "cache", "redis-stack": "cache", "redis-stack-server": "cache", "redis-cluster": "cache",
	"redis-sentinel": "cache", "redisslave": "cache", "valkey": "cache", "keydb": "cache", "dragonfly": "cache",
	"memcached": "cache", "hazelcast": "cache", "ignite": "cache", "infinispan": "cache", "varnish": "cache",
	"spark-master": "coordinator", "namenode": "coordinator", "hdfs-namenode": "coordinator",
	"resourcemanager": "coordinator", "jobmanager": "coordinator", "flink-jobmanager": "coordinator",
	"nimbus": "coordinator", "storm-nimbus": "coordinator", "selenium-hub": "coordinator",
	"pgadmin": "interface", "pgadmin4": "interface", "phpmyadmin": "interface", "phppgadmin": "interface",
	"adminer": "interface", "mongo-express": "interface", "redis-commander": "interface",
	"redisinsight": "interface", "kafka-ui": "interface", "kafka-manager": "interface", "cmak": "interface",
	"kafdrop": "interface", "akhq": "interface", "portainer": "interface", "portainer-ce": "interface",
	"dashboard": "interface", "kubernetes-dashboard": "interface", "headlamp": "interface", "flower": "interface",
	"rq-dashboard": "interface", "mailhog": "interface", "mailpit": "interface", "grafana": "interface",
	"kibana": "interface", "opensearch-dashboards": "interface", "prometheus": "interface",
	"alertmanager": "interface", "pushgateway": "interface", "jaeger": "interface", "all-in-one": "interface",
	"jaeger-query": "interface", "zipkin": "interface", "jenkins": "interface", "drone": "interface",
	"sonarqube": "interface", "loadgenerator": "interface", "load-generator": "interface", "loadgen": "interface",
	"locust": "interface", "k6": "interface", "fortio": "interface", "nexus3": "interface", "chartmuseum": "interface", "gitea": "interface",
	"gitlab-ce": "interface", "spark-ui-proxy": "interface", "zeppelin": "interface", "heapster": "interface",
}
