package opslint.lib.unknown_test

import data.opslint.lib.unknown

test_knows_placeholders if {
	every value in [
		"${REPLICAS}", "api:${TAG}", "${TAG:-1.0}", "$(POD_IP):80", "$IMAGE", "<your-password>", "@@TAG@@", "@TAG@", "%TAG%",
		"{{ .Values.tag }}", `{{"{{"}}`, "__IMAGE__", "REPLACE_ME", "replace-with-your-key", "ReplaceMe", "********", "YOUR_API_KEY", "your-password", "INSERT_TOKEN_HERE",
	] {
		unknown.is(value)
	}
}

test_knows_written_values if {
	every value in [
		"", "api:1.4.2", "5$", "a<b", "50%", "100% of 3%", "user@example.com", "a {b} c", "replacement", "$5 and $6", "__init__", "<", 3, true, null, {"a": "${X}"},
	] {
		not unknown.is(value)
	}
}
