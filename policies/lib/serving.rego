# METADATA
# description: |
#   Which containers of a pod receive traffic, and through what.
package opslint.lib.serving

import data.opslint.lib.kubernetes

# containers_of(doc, services) are the containers that own a port which receives traffic, as {"value", "path", "role",
# "by", …}, at most once each:
#
#   "by": "service"   a Service sends to the port; with "service" and "port" as in data.joins.services_of. A Service that
#                     waits for readiness comes before one that does not.
#   "by": "port"      no Service selects the pods, but the container declares the port in "port"
#   "by": "knative"   the platform sends to it
#
# Ports for monitoring and administration receive no traffic of users.
containers_of(doc, services) := found if {
	count(services) > 0
	running := _running(doc)
	routes := [_route(service, port, running) | some [service, port] in _ports(services)]
	found := [object.union(container, through) |
		some container in running
		through := [route.through | some route in routes; container.path in route.owners][0]
	]
}

containers_of(doc, []) := found if {
	not kubernetes.knative(doc)
	found := [object.union(container, {"by": "port", "port": ports[0]}) |
		some container in _running(doc)
		container.role != "sidecar"
		ports := _traffic_ports(container.value)
		count(ports) > 0
	]
}

containers_of(doc, []) := [object.union(container, {"by": "knative"}) | some container in kubernetes.app_containers_of(doc)] if {
	kubernetes.knative(doc)
}

# of(doc, services) holds for a workload that serves.
of(doc, services) if {
	kubernetes.long_running_of(doc)
	some container in containers_of(doc, services)
	container.role != "sidecar"
}

_running(doc) := [c | some c in kubernetes.containers_of(doc); c.role != "init"]

# Where the port of a Service leads: to the containers that declare the port; where none does, to the app container, or,
# of several, to those that declare ports, else to the first.
_route(service, port, running) := {"through": {"by": "service", "service": service, "port": port}, "owners": owners} if {
	declaring := [[container.path, object.get(declared, "name", "")] |
		some container in running
		some declared in container.value.ports
		_meets(port.target_port, declared)
	]
	owners := _owners(declaring, running)
}

_owners(declaring, _) := {path | some [path, name] in declaring; not monitoring(name)} if count(declaring) > 0

_owners([], running) := {container.path | some container in _likely([c | some c in running; c.role == "app"])}

_likely(apps) := apps if count(apps) < 2

_likely(apps) := with_ports if {
	count(apps) > 1
	with_ports := [c | some c in apps; count(c.value.ports) > 0]
	count(with_ports) > 0
}

_likely(apps) := [apps[0]] if {
	count(apps) > 1
	count([c | some c in apps; count(c.value.ports) > 0]) == 0
}

# The pairs of Service and port that bring traffic, those that wait for readiness first.
_ports(services) := [[service, port] |
	prompt := [service | some service in services; not early(service)]
	some service in array.concat(prompt, [service | some service in services; early(service)])
	some port in service.ports
	not _monitoring_port(port)
]

# early(service) holds for a headless Service that publishes addresses before they are ready.
early(service) if {
	service.headless
	service.publish_not_ready
}

_monitoring_port(port) if monitoring(port.name)

_monitoring_port(port) if monitoring(port.target_port)

_meets(target, declared) if target == declared.name

_meets(target, declared) if sprintf("%v", [target]) == sprintf("%v", [declared.containerPort])

_traffic_ports(container) := [port |
	some port in container.ports
	object.get(port, "containerPort", null) != null
	not monitoring(object.get(port, "name", ""))
]

# monitoring(name) holds for the usual names of ports that carry metrics, health and administration.
monitoring(name) if {
	is_string(name)
	regex.match(`^(?:metrics|prom.*|.*-metrics|telemetry|monitoring|pprof|debug|admin|profiling|health.*|probe.*|livez|readyz|webhook.*)$`, name)
}
