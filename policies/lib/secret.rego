# METADATA
# description: |
#   Recognises credentials by the name they are given and by the shape of their value. Nothing here returns a
#   value, so that no message can print one.
package opslint.lib.secret

import data.opslint.lib.unknown

# names are the words that make a name a secret's: the default of the parameter "names" of the rules.
names := [
	"password", "passwd", "pwd", "passphrase", "secret", "token", "api key", "apikey", "access key", "private key",
	"signing key", "encryption key", "client secret", "credentials", "auth key",
]

# named(name, wanted) holds if the name contains one of the wanted names as whole words: between `_ - .` and blanks
# or at the borders of camel case ("DB_PASSWORD", "apiKey", "client-secret"); a name of several words counts also
# written together ("APIKEY"). A last word that speaks about the secret cancels it ("TOKEN_FILE",
# "PASSWORD_LENGTH"), and words that only look alike ("TOKENIZER", "SECRETARY") are other words.
named(name, wanted) if {
	alternatives := _alternatives(wanted)
	regex.match(concat("", ["(?i)", alternatives]), name)

	text := words(name)
	regex.match(concat("", ["_(?:", alternatives, ")_"]), text)
	not regex.match(_cancelled, text)
	not regex.match(_public, text)
}

# words(name) is the name in lower case with its words between underscores: "_db_password_" for "dbPassword".
words(name) := sprintf("_%s_", [lower(regex.replace(apart, `[^A-Za-z0-9]+`, "_"))]) if {
	camel := regex.replace(name, `([a-z0-9])([A-Z])`, "${1}_${2}")
	apart := regex.replace(camel, `([A-Z])([A-Z][a-z])`, "${1}_${2}")
}

_alternatives(wanted) := regex.replace(lower(concat("|", wanted)), `[^a-z0-9|]+`, "[^A-Za-z0-9]?")

_cancelled := sprintf("_(?:%s)_$", [concat("|", [
	"file", "files", "filename", "path", "paths", "dir", "directory", "name", "names", "ref", "url", "uri", "endpoint",
	"host", "hostname", "port", "header", "headers", "cookie", "prefix", "suffix", "field", "column", "key_column",
	"ttl", "timeout", "expiry", "expiration", "expires", "expires_in", "lifetime", "duration", "interval", "age",
	"seconds", "minutes", "hours", "days", "length", "size", "limit", "count", "max", "min", "rounds", "policy",
	"type", "mode", "format", "version", "class", "provider", "backend", "store", "manager", "driver", "strategy",
	"enabled", "disabled", "required", "algorithm", "alg", "method", "issuer", "audience", "scope", "scopes", "id",
	"ids", "arn", "username", "user",
])])

# Names of well-known software that only look like a secret's: etcd's token tells clusters apart.
_public := `_initial_cluster_token_$|_etcd_discovery_token_$`

# literal(value) holds if a value under a secret's name gives the secret away: text that is no placeholder, and
# no boolean, number of fewer than eight digits, duration, absolute path, NAME_OF_A_CONSTANT or reference to a vault.
# Well-known demonstration passwords ("changeme", "postgres") are literals: people ship them.
literal(value) if {
	text := trim_space(value)
	text != ""
	not unknown.is(text)
	not _harmless(text)
}

# A number as YAML reads it, which the author meant as text.
literal(value) if {
	is_number(value)
	abs(value) >= 10000000
}

_harmless(text) if lower(text) in {"true", "false", "yes", "no", "on", "off", "null", "none", "nil", "undefined"}

_harmless(text) if regex.match(`^[+-]?[0-9]{1,7}$|^[0-9]*\.[0-9]+$`, text)

_harmless(text) if regex.match(`^([0-9]+(\.[0-9]+)?(ns|us|ms|s|m|h|d|w))+$`, text)

# The name of a constant, which stands for a value: GOOGLE_API_KEY_VAL.
_harmless(text) if regex.match(`^[A-Z]+(?:_[A-Z]+)+$`, text)

# A reference that a tool resolves when the program starts.
_harmless(text) if regex.match(`^(?:vault:|ref\+|sm://|op://|awssm:|gcp:secretmanager|arn:aws|projects/[^/]+/secrets/|file:|env:)`, text)

# An absolute path, of a file or of a mount; base64 text may begin with a slash too, but not look like words.
_harmless(text) if regex.match(`^(/[A-Za-z0-9._@{}:-]+)+/?$`, text)

# shape(value) names the kind of credential that a text visibly is or contains, whatever its name: a private key, a
# token of a well-known service, a URL or connection string with a password in it. Undefined for all other text.
shape(value) := kind if {
	is_string(value)
	regex.match(_visible, value)
	kind := _shape(value)
}

# What every shape has in it; most values have none of these, and are done with in one step.
_visible := `://|PRIVATE KEY|(?:AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_|github_pat_|glpat-|xox[a-z]-|eyJ|k_live_|@(?:tcp|unix)\(|(?i:passw)`

_shape(value) := "a private key" if {
	_private_key(value)
} else := "a token" if {
	_token(value)
} else := "a URL with a password" if {
	_url_password(value)
} else := "a connection string with a password" if {
	_dsn_password(value)
}

_private_key(value) if {
	contains(value, "PRIVATE KEY-----")
	regex.match(`-----BEGIN [A-Z ]*PRIVATE KEY-----\s*(\\n)?\s*[A-Za-z0-9+/=]{16}`, value)
}

_token(value) if {
	regex.match(_tokens, value)
	not contains(value, "EXAMPLE") # AWS documents AKIAIOSFODNN7EXAMPLE
}

_tokens := concat("|", [
	`\b(?:AKIA|ASIA)[0-9A-Z]{16}\b`,
	`\bgh[pousr]_[A-Za-z0-9]{36}`,
	`\bgithub_pat_[A-Za-z0-9_]{22}`,
	`\bglpat-[A-Za-z0-9_-]{20}`,
	`\bxox[abeoprs]-[0-9A-Za-z-]{10}`,
	`\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}`,
	`\b[sr]k_live_[0-9A-Za-z]{16}`,
])

_url_password(value) if {
	contains(value, "://")
	some m in regex.find_all_string_submatch_n(`\b[a-zA-Z][a-zA-Z0-9+.-]*://[^\s:/?#@"'<>]*:([^\s@/"']+)@`, value, -1)
	_password(m[1])
}

# user:password@tcp(host:3306)/database, as Go's MySQL driver takes it.
_dsn_password(value) if {
	contains(value, "@")
	some m in regex.find_all_string_submatch_n(`(?:^|[\s="'])[\w.-]+:([^\s@/:]+)@(?:tcp|unix)\(`, value, -1)
	_password(m[1])
}

# host=db user=api password=… and Server=db;User=api;Password=…: a password beside another key.
_dsn_password(value) if {
	contains(lower(value), "passw")
	regex.match(`(?i)(?:^|[\s;"'])(?:host|server|data source|user|user id|uid|dbname|database)\s*=`, value)
	some m in regex.find_all_string_submatch_n(`(?i)[\s;"'](?:password)\s*=\s*([^\s;"']+)`, value, -1)
	_password(m[1])
}

_password(text) if {
	not unknown.is(text)
	not regex.match(`^(?:\$.*|%[sv]|[xX*.]+|\[.*\]|(?i:password|passwd|pass|pwd|your.*|redacted))$`, text)
}
