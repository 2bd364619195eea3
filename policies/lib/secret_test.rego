package opslint.lib.secret_test

import data.opslint.lib.secret

test_knows_names_of_secrets if {
	every name in [
		"PASSWORD", "DB_PASSWORD", "dbPassword", "db-password", "db.password", "APIKey", "API_KEY", "apikey", "APIKEY",
		"client-secret", "CLIENTSECRET", "AWS_SECRET_ACCESS_KEY", "SLACK_TOKEN", "GITHUB_TOKEN", "SECRET_KEY_BASE",
		"MYSQL_PWD", "SigningKey", "spring.datasource.password", "HTTPAuthKey", "--auth-token",
	] {
		secret.named(name, secret.names)
	}
}

test_knows_other_names if {
	every name in [
		"TOKENIZER", "SECRETARY", "PASSWORDLESS", "TOKEN_FILE", "passwordFile", "SECRET_NAME", "TOKEN_URL", "JWT_TOKEN_TTL",
		"PASSWORD_LENGTH", "AWS_ACCESS_KEY_ID", "clientSecretRef", "PUBLIC_KEY", "KEY", "MONKEY", "TOKENS", "", "LOG_LEVEL", "ETCD_INITIAL_CLUSTER_TOKEN",
	] {
		not secret.named(name, secret.names)
	}
}

test_takes_other_names if {
	secret.named("ORDERS_PIN", ["pin"])
	not secret.named("ORDERS_PASSWORD", ["pin"])
}

test_knows_literals if {
	every value in ["s3cr3t", "changeme", "postgres", "password", "12345678", "/9j/4AAQ+SkZJ=", "a b", 12345678] {
		secret.literal(value)
	}
}

test_ignores_unknown_values if {
	every value in ["", "  ", "${DB_PASSWORD}", "$(DB_PASSWORD)", "<password>", "{{ .Values.p }}", "***", null, {"a": "b"}] {
		not secret.literal(value)
	}
}

test_knows_harmless_values if {
	every value in ["true", "False", "yes", "3600", "1.5", "24h", "1h30m", "/run/secrets/token", "/app", "GOOGLE_API_KEY_VAL", "vault:secret/data/orders#password", 3600, true] {
		not secret.literal(value)
	}
}

test_knows_shapes[value] if {
	some value, kind in {
		concat("", ["-----BEGIN RSA PRIVATE ", "KEY-----\nMIIEowIBAAKCAQEA7"]): "a private key",
		concat("", ["AKIA", "QWERTYUIOPASDFGH"]): "a token",
		concat("", ["ghp_", "0123456789abcdefghijABCDEFGHIJ012345"]): "a token",
		concat("", ["xoxb-", "1234567890-abcdef"]): "a token",
		concat("", ["sk_live_", "0123456789abcdef"]): "a token",
		"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl": "a token",
		"postgres://orders:hunter2@db:5432/orders": "a URL with a password",
		"redis://:hunter2@cache:6379/0": "a URL with a password",
		"--dsn=amqp://guest:guest@mq": "a URL with a password",
		"orders:hunter2@tcp(db:3306)/orders": "a connection string with a password",
		"host=db user=orders password=hunter2 dbname=orders": "a connection string with a password",
		"Server=db;User Id=sa;Password=hunter2;": "a connection string with a password",
	}
	secret.shape(value) == kind
}

test_knows_no_shape if {
	every value in [
		"", "postgres://db:5432/orders", "postgres://orders@db/orders", "postgres://orders:@db/orders",
		"postgres://orders:$(PASSWORD)@db/orders", "postgres://orders:${PASSWORD}@db/orders", "postgres://user:password@host/db",
		"postgres://orders:$PASSWORD@db/orders", "https://example.com/a:b@c", "http://localhost:8080/x@y", "a:b@c",
		"host=db user=orders dbname=orders", "AKIAIOSFODNN7EXAMPLE", "-----BEGIN CERTIFICATE-----\nMIIEowIBAAKCAQEA7", 3, null,
		"-----BEGIN RSA PRIVATE KEY-----", "orders:${PASSWORD}@tcp(db:3306)/orders", "host=db password=$PASSWORD",
	] {
		not secret.shape(value)
	}
}
