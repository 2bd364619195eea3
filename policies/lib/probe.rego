# METADATA
# description: |
#   The arithmetic of probes: what their settings allow, in seconds. The kubelet counts every initialDelaySeconds from
#   the start of the container, so delays do not add up; readiness and liveness wait until the startup probe succeeded;
#   after its delay a probe comes within one period.
package opslint.lib.probe

import data.opslint.lib.quantity

_defaults := {"initialDelaySeconds": 0, "periodSeconds": 10, "timeoutSeconds": 1, "failureThreshold": 3, "successThreshold": 1}

# of(container, key) is a probe of a container from data.opslint.lib.kubernetes, as {"value", "path"}. An empty probe
# and null are none.
of(container, key) := {"value": value, "path": array.concat(container.path, [key])} if {
	value := container.value[key]
	is_object(value)
	count(value) > 0
}

# setting(probe, key) is a setting with its default; undefined if it cannot be known.
setting(probe, key) := _defaults[key] if object.get(probe.value, key, null) == null

setting(probe, key) := quantity.integer(probe.value[key])

# unknown(probe, keys) holds if one of the settings cannot be known.
unknown(probe, keys) if {
	some key in keys
	value := probe.value[key]
	value != null
	not quantity.integer(value)
}

# blame(probe, contributions) is the path to show for a sum: the setting that contributes most among those that the
# author wrote, the earlier of equals; else the probe itself. Contributions are pairs of key and seconds.
blame(probe, contributions) := array.concat(probe.path, [written[0]]) if {
	most := max([seconds | some [key, seconds] in contributions; _written(probe, key)])
	written := [key | some [key, seconds] in contributions; seconds == most; _written(probe, key)]
}

blame(probe, contributions) := probe.path if {
	every pair in contributions {
		not _written(probe, pair[0])
	}
}

_written(probe, key) if object.get(probe.value, key, null) != null
