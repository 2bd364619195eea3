# METADATA
# title: Secret written into a manifest
# description: |
#   A password in `env`, in a ConfigMap that becomes the environment or on the command line is readable for everyone who
#   may read the repository, the object or the process list, and from there it reaches logs and crash reports. A Secret
#   named in `valueFrom.secretKeyRef` keeps it out of all three.
#
#   What counts, in every container, init containers and Jobs included: a literal under a name that contains one of
#   `names` as whole words (`DB_PASSWORD`, `apiKey`, `--client-secret=…`); and, under any name, a URL or connection
#   string with a password in it, a private key, or a token of a well-known shape. Demonstration passwords count, because
#   people ship them. The value itself is never printed.
#
#   Not reported: `valueFrom`, `$(OTHER)` and placeholders; empty values, booleans, short numbers, durations, absolute
#   paths, references to vaults, names of Secrets of the application; names that end in a word about the secret, such as
#   `_FILE`, `_NAME`, `_URL`, `_TTL`; words that only look alike, such as `TOKENIZER`.
# custom:
#   id: kubernetes/secret-in-environment
#   severity: error
#   clauses: [OPS-11.4]
#   kinds: [Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Rollout, DeploymentConfig, Pod, Job, CronJob, Service, ConfigMap]
#   scope: workspace
#   secret: true
#   remedy: keep it in a Secret and name that in valueFrom.secretKeyRef; then change the secret, for it is known now
#   parameters:
#     names:
#       type: strings
#       default: [password, passwd, pwd, passphrase, secret, token, api key, apikey, access key, private key, signing key, encryption key, client secret, credentials, auth key]
#       description: words that make a name a secret's, with a blank between the words of one name
package opslint.rules.kubernetes.secret_in_environment

import data.opslint.lib.joins
import data.opslint.lib.kubernetes
import data.opslint.lib.secret

subject contains container.path if some container in kubernetes.containers

subject contains ["data"] if _is_environment

deny contains finding if {
	some container in kubernetes.containers
	some index, variable in container.value.env
	kind := _kind(variable.name, variable.value)

	finding := {
		"msg": sprintf(
			"environment variable %q of container %q holds %s",
			[variable.name, kubernetes.container_name(container.value), kind],
		),
		"path": array.concat(container.path, ["env", index, "value"]),
	}
}

deny contains finding if {
	some container in kubernetes.containers
	some key in ["command", "args"]
	some index, word in container.value[key]
	found := _argument(container.value[key], index, word)

	finding := object.union(found.place, {
		"msg": sprintf("%s of container %q holds %s", [found.name, kubernetes.container_name(container.value), found.kind]),
		"path": array.concat(container.path, [key, index]),
	})
}

deny contains finding if {
	_is_environment
	some key, value in input.data
	kind := _kind(key, value)

	finding := {
		"msg": sprintf("key %q holds %s and becomes an environment variable", [key, kind]),
		"path": ["data", key],
	}
}

# A ConfigMap whose keys some container takes for its environment.
_is_environment if {
	input.kind == "ConfigMap"
	some user in joins.users_of(input)
	user.via == "envFrom"
}

# --flag=value, or the value behind --flag; else what the word shows by itself.
_argument(words, index, word) := {"name": sprintf("argument %q", [flag[1]]), "kind": kind, "place": _behind(flag[1], word)} if {
	flag := regex.find_all_string_submatch_n(`^(--?[A-Za-z][A-Za-z0-9._-]*)=((?s:.+))$`, word, 1)[0]
	kind := _kind(flag[1], flag[2])
} else := {"name": sprintf("argument %q", [flag]), "kind": kind, "place": {}} if {
	flag := words[index - 1]
	regex.match(`^--?[A-Za-z][A-Za-z0-9._-]+$`, flag)
	not startswith(word, "-")
	kind := _kind(flag, word)
} else := {"name": "an argument", "kind": secret.shape(word), "place": {}}

# The value's bytes in the word; in words beyond ASCII they are not the characters that Rego counts.
_behind(flag, word) := {"offset": [count(flag) + 1, count(word)]} if {
	regex.match(`^[ -~]*$`, word)
} else := {}

# _kind(name, value) says what secret a value gives away; undefined if none.
_kind(name, value) := "a secret as plain text" if {
	secret.named(name, data.config.kubernetes.secret_in_environment.names)
	secret.literal(value)
	not joins.secret(value)
} else := secret.shape(value)
