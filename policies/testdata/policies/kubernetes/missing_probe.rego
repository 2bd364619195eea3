# METADATA
# title: Container without a readiness probe
# description: |
#   Traffic reaches a container as soon as it starts.
# custom:
#   id: kubernetes/missing-probe
#   severity: error
#   clauses: [OPS-9.2]
#   kinds: [Deployment]
#   remedy: add a readinessProbe
package opslint.rules.kubernetes.missing_probe

import data.opslint.lib.pods

subject contains container.path if some container in pods.containers

deny contains finding if {
	some container in pods.containers

	not container.value.readinessProbe

	finding := {
		"msg": sprintf("container %q has no readinessProbe", [container.value.name]),
		"path": container.path,
	}
}
