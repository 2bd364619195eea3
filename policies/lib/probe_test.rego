package opslint.lib.probe_test

import data.opslint.lib.probe

_probe(value) := {"value": value, "path": ["probe"]}

test_applies_defaults if {
	some key, want in {"initialDelaySeconds": 0, "periodSeconds": 10, "timeoutSeconds": 1, "failureThreshold": 3, "successThreshold": 1}
	probe.setting(_probe({"exec": {}}), key) == want
}

test_reads_settings if {
	probe.setting(_probe({"periodSeconds": "5"}), "periodSeconds") == 5
	probe.setting(_probe({"periodSeconds": null}), "periodSeconds") == 10
}

test_ignores_unknown_settings if {
	not probe.setting(_probe({"periodSeconds": "${P}"}), "periodSeconds")
	probe.unknown(_probe({"periodSeconds": "${P}"}), ["periodSeconds"])
	not probe.unknown(_probe({"periodSeconds": "${P}"}), ["failureThreshold"])
}

test_takes_empty_probes_for_none if {
	not probe.of({"value": {"livenessProbe": {}}, "path": []}, "livenessProbe")
	not probe.of({"value": {"livenessProbe": null}, "path": []}, "livenessProbe")
	not probe.of({"value": {}, "path": []}, "livenessProbe")
	probe.of({"value": {"livenessProbe": {"exec": {}}}, "path": ["c", 0]}, "livenessProbe").path == ["c", 0, "livenessProbe"]
}

test_blames_what_is_written if {
	sum := [["initialDelaySeconds", 5], ["periodSeconds", 60]]
	probe.blame(_probe({"initialDelaySeconds": 5, "periodSeconds": 60}), sum) == ["probe", "periodSeconds"]
	probe.blame(_probe({"initialDelaySeconds": 5}), sum) == ["probe", "initialDelaySeconds"]
	probe.blame(_probe({"exec": {}}), sum) == ["probe"]
	probe.blame(_probe({"initialDelaySeconds": 7, "periodSeconds": 7}), [["initialDelaySeconds", 7], ["periodSeconds", 7]]) == ["probe", "initialDelaySeconds"]
}
