package opslint.lib.pods

containers contains {"value": container, "path": ["spec", "template", "spec", "containers", i]} if {
	some i, container in input.spec.template.spec.containers
}
