# METADATA
# title: Secret built into the image
# description: |
#   A value in ENV is part of the image for everyone who can pull it, and so is the default of an ARG, which the history of
#   the image shows. Removing it in a later layer removes nothing.
#
#   What counts, in the final stage, the stages it starts from and the arguments before the first FROM: a literal under a name
#   that contains one of `names` as whole words (`DB_PASSWORD`, `apiKey`); and, under any name, a URL or connection string
#   with a password in it, a private key, or a token of a well-known shape. Demonstration passwords count, because people
#   ship them. The value itself is never printed.
#
#   Not reported: ARG without default, `RUN --mount=type=secret`, references to other variables and placeholders; empty
#   values, booleans, short numbers, durations, absolute paths; names that end in a word about the secret, such as `_FILE`.
# custom:
#   id: dockerfile/secret-in-environment
#   severity: error
#   clauses: [OPS-11.4]
#   kinds: [image]
#   secret: true
#   remedy: give it to the container when it starts, or to the build with RUN --mount=type=secret; then change the secret, for it is known now
#   parameters:
#     names:
#       type: strings
#       default: [password, passwd, pwd, passphrase, secret, token, api key, apikey, access key, private key, signing key, encryption key, client secret, credentials, auth key]
#       description: words that make a name a secret's, with a blank between the words of one name
package opslint.rules.dockerfile.secret_in_environment

import data.opslint.lib.dockerfile
import data.opslint.lib.secret

subject contains ["image"] if count(dockerfile.image.environment) > 0

deny contains finding if {
	some index, variable in dockerfile.image.environment
	variable.known
	kind := _kind(variable.name, variable.value)

	finding := {
		"msg": sprintf("%s %q holds %s", [_label[variable.instruction], variable.name, kind]),
		"path": ["image", "environment", index, "value"],
	}
}

_kind(name, value) := "a secret as plain text" if {
	secret.named(name, data.config.dockerfile.secret_in_environment.names)
	secret.literal(value)
} else := secret.shape(value)

_label := {"ENV": "environment variable", "ARG": "default of build argument"}
