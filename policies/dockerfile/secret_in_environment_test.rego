package opslint.rules.dockerfile.secret_in_environment_test

import data.opslint.rules.dockerfile.secret_in_environment as rule

_config := {"dockerfile": {"secret_in_environment": {"names": ["password", "token", "api key"]}}}

_variable(name, value) := {"name": name, "value": value, "known": true, "instruction": "ENV"}

_reported(variables) := {finding.path[2] | some finding in found} if {
	found := rule.deny with input as {"image": {"environment": variables}} with data.config as _config
}

test_reports_literals_under_the_names_of_secrets if {
	_reported([_variable("DB_PASSWORD", "hunter2"), _variable("LOG_LEVEL", "info"), object.union(_variable("apiKey", "a1b2c3"), {"instruction": "ARG"})]) == {0, 2}
}

test_reports_visible_credentials_under_any_name if {
	_reported([_variable("DATABASE_URL", "postgres://orders:hunter2@db/orders")]) == {0}
}

test_never_prints_the_value if {
	found := rule.deny with input as {"image": {"environment": [_variable("DB_PASSWORD", "hunter2")]}} with data.config as _config
	every finding in found {
		not contains(finding.msg, "hunter2")
	}
}

test_accepts_names_and_values_that_give_nothing_away if {
	every variable in [
		_variable("PASSWORD_FILE", "/run/secrets/password"), _variable("DB_PASSWORD", ""), _variable("TOKEN_TTL", "3600s"),
		_variable("TOKENIZER", "bert"), _variable("DB_PASSWORD", "${DB_PASSWORD}"),
	] {
		_reported([variable]) == set()
	}
	rule.subject == {["image"]} with input as {"image": {"environment": [_variable("A", "b")]}}
}

test_ignores_unknown_values if {
	_reported([{"name": "DB_PASSWORD", "value": "$OTHER", "known": false, "instruction": "ENV"}]) == set()
}
