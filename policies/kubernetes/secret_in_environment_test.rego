package opslint.rules.kubernetes.secret_in_environment_test

import data.opslint.rules.kubernetes.secret_in_environment as rule

_config := {"kubernetes": {"secret_in_environment": {"names": ["password", "secret", "token", "api key", "apikey"]}}}

_container := ["spec", "template", "spec", "containers", 0]

_deployment(container) := {
	"apiVersion": "apps/v1",
	"kind": "Deployment",
	"metadata": {"name": "orders"},
	"spec": {"replicas": 3, "template": {"metadata": {"labels": {"app": "orders"}}, "spec": {"containers": [container]}}},
}

_reported(container) := {finding.path | some finding in found} if {
	found := rule.deny with input as _deployment(object.union({"name": "api"}, container)) with data.config as _config with data.joins as {"secrets": {"orders-db": true}}
}

_variable(name, value) := {"env": [{"name": "LOG_LEVEL", "value": "info"}, {"name": name, "value": value}]}

_value := array.concat(_container, ["env", 1, "value"])

test_reports_literals_under_secret_names if {
	every name, value in {"DB_PASSWORD": "hunter2", "apiKey": "0a1b2c", "CLIENT_SECRET": "changeme", "API_TOKEN": 12345678} {
		_reported(_variable(name, value)) == {_value}
	}
}

test_reports_secrets_by_their_shape if {
	_reported(_variable("DATABASE_URL", "postgres://orders:hunter2@db/orders")) == {_value}
	_reported(_variable("UPSTREAM", "orders:hunter2@tcp(db:3306)/orders")) == {_value}
}

test_reports_arguments if {
	_reported({"args": ["--password=hunter2"]}) == {array.concat(_container, ["args", 0])}
	_reported({"command": ["api", "--db.password", "hunter2"]}) == {array.concat(_container, ["command", 2])}
	_reported({"args": ["-dsn", "postgres://orders:hunter2@db/orders"]}) == {array.concat(_container, ["args", 1])}
	_reported({"command": ["sh", "-c", "migrate -database postgres://orders:hunter2@db/orders up"]}) == {array.concat(_container, ["command", 2])}
}

test_points_at_the_value_behind_the_flag if {
	found := rule.deny with input as _deployment({"name": "api", "args": ["--password=hunter2"]}) with data.config as _config with data.joins as {}
	{finding.offset | some finding in found} == {[11, 18]}
}

test_reports_init_containers_and_jobs if {
	job := {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "once"}, "spec": {"template": {"spec": {"initContainers": [{"name": "wait", "env": [{"name": "PASSWORD", "value": "hunter2"}]}]}}}}
	found := rule.deny with input as job with data.config as _config with data.joins as {}
	{finding.path | some finding in found} == {["spec", "template", "spec", "initContainers", 0, "env", 0, "value"]}
}

test_reports_config_maps_that_become_the_environment if {
	map := {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "orders"}, "data": {"DB_PASSWORD": "hunter2", "LOG_LEVEL": "info"}}
	used := {"users_of": {"ConfigMap/orders": [{"ref": "Deployment/orders", "kind": "Deployment", "via": "envFrom"}]}}
	found := rule.deny with input as map with data.config as _config with data.joins as used
	{finding.path | some finding in found} == {["data", "DB_PASSWORD"]}
	mounted := {"users_of": {"ConfigMap/orders": [{"ref": "Deployment/orders", "kind": "Deployment", "via": "volume"}]}}
	count(rule.deny) == 0 with input as map with data.config as _config with data.joins as mounted
}

test_never_prints_the_value if {
	found := rule.deny with input as _deployment(object.union({"name": "api", "args": ["--password=hunter2", "--token", "hunter2", "amqp://a:hunter2@mq"]}, _variable("DB_PASSWORD", "hunter2"))) with data.config as _config with data.joins as {}
	count(found) == 4
	every finding in found {
		not contains(finding.msg, "hunter2")
	}
}

test_accepts_what_gives_nothing_away if {
	every name, value in {
		"DB_PASSWORD_FILE": "db.txt",
		"PASSWORD": "",
		"ALLOW_EMPTY_PASSWORD": "yes",
		"TOKEN_TTL": "hunter2",
		"TOKENIZER": "bert",
		"API_TOKEN": "3600",
		"SESSION_SECRET": "/run/secrets/session",
		"DB_SECRET": "orders-db",
		"DATABASE_URL": "postgres://db/orders",
	} {
		_reported(_variable(name, value)) == set()
	}
	_reported({"env": [{"name": "DB_PASSWORD", "valueFrom": {"secretKeyRef": {"name": "orders-db", "key": "password"}}}]}) == set()
	_reported({"args": ["--password-file=/run/secrets/db", "--token", "--verbose", "--secret=orders-db"]}) == set()
	rule.subject == {_container} with input as _deployment({"name": "api"}) with data.config as _config with data.joins as {}
}

test_ignores_unknown_values if {
	every value in ["$(DB_PASSWORD)", "${DB_PASSWORD}", "<password>", "{{ .Values.password }}", "***", "REPLACE_ME"] {
		_reported(_variable("DB_PASSWORD", value)) == set()
	}
	_reported(_variable("DATABASE_URL", "postgres://orders:$(DB_PASSWORD)@db/orders")) == set()
	_reported({"args": ["--password=$(DB_PASSWORD)"]}) == set()
}
