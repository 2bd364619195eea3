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
	candidates := array.concat(_owners(doc, services), _presumed(doc, services))
	found := [best |
		some container in _running(doc)
		best := [c | some c in candidates; c.path == container.path][0]
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

# The containers whose declared port a Service's port leads to.
_owners(doc, services) := [object.union(container, {"by": "service", "service": service, "port": port}) |
	some [service, port] in _routes(services)
	some container in _running(doc)
	some declared in container.value.ports
	_meets(port.target_port, declared)
	not monitoring(object.get(declared, "name", ""))
]

# Where a Service's port leads to no declared port, it must be the app container's, or, of several, that which declares
# ports, else the first.
_presumed(doc, services) := [object.union(container, {"by": "service", "service": service, "port": port}) |
	some [service, port] in _routes(services)
	count([true | some c in _running(doc); some declared in c.value.ports; _meets(port.target_port, declared)]) == 0
	some container in _likely(kubernetes.app_containers_of(doc))
]

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
_routes(services) := array.concat(
	[[service, port] | some service in services; not early(service); some port in service.ports; not _monitoring_port(port)],
	[[service, port] | some service in services; early(service); some port in service.ports; not _monitoring_port(port)],
)

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
