package kubernetes

import (
	"slices"

	"github.com/opslint/opslint/internal/document"
)

// entry is what every entry of a join begins with.
func (v *view) entry(o *object, kind bool) map[string]any {
	e := map[string]any{"ref": v.ref(o), "name": o.name, "namespace": o.namespace}
	if kind {
		e["kind"] = o.kind
	}
	return e
}

func (v *view) workloadEntries(workloads []*object) []any {
	var entries []any
	for _, w := range workloads {
		e := v.entry(w, true)
		if m, ok := v.minimumOf(w); ok {
			e["effective_minimum"] = v.minimumEntry(m)
		}
		services := v.serviceEntries(v.w.index.services.of(w))
		if services == nil {
			services = []any{}
		}
		e["services"] = services
		e["nonproduction"] = w.nonproduction
		e["object"] = w.doc.Root
		entries = append(entries, e)
	}
	return entries
}

func (v *view) minimumEntry(m minimum) map[string]any {
	e := map[string]any{"known": m.known, "by": m.by}
	if m.known {
		e["value"] = m.value
	}
	if m.from != nil {
		e["ref"], e["path"] = v.ref(m.from), m.path
	}
	return e
}

func (v *view) autoscalerEntry(o *object) map[string]any {
	e := v.entry(o, true)
	e["scales"], e["paused"] = scales(o), paused(o)
	if o.kind == "VerticalPodAutoscaler" {
		return e
	}
	low, high, known := bounds(o)
	e["known"] = known
	if known {
		e["minimum"], e["maximum"] = low, high
	}
	return e
}

func (v *view) serviceEntries(services []*object) []any {
	var entries []any
	for _, s := range services {
		spec := s.doc.Root.Get("spec")
		e := v.entry(s, false)
		e["type"] = "ClusterIP"
		if t := text(spec.Get("type")); t != "" {
			e["type"] = t
		}
		e["headless"] = spec.Get("clusterIP").Str() == "None"
		publish := spec.Get("publishNotReadyAddresses")
		e["publish_not_ready"] = publish != nil && publish.Kind == document.Bool && publish.Text == "true"
		e["ports"] = portEntries(spec.Get("ports"))
		entries = append(entries, e)
	}
	return entries
}

func portEntries(ports *document.Node) []any {
	entries := []any{}
	if ports == nil {
		return entries
	}
	for i, p := range ports.Items {
		if p.Kind != document.Mapping {
			continue
		}
		e := map[string]any{"index": i, "name": text(p.Get("name")), "protocol": "TCP"}
		if protocol := text(p.Get("protocol")); protocol != "" {
			e["protocol"] = protocol
		}
		port, portKnown := portValue(p.Get("port"))
		target, targetKnown := port, portKnown
		if n := p.Get("targetPort"); n != nil && n.Kind != document.Null {
			target, targetKnown = portValue(n)
		}
		if portKnown {
			e["port"] = port
		}
		if targetKnown {
			e["target_port"] = target
		}
		e["known"] = portKnown && targetKnown
		entries = append(entries, e)
	}
	return entries
}

// portValue returns a port's number or name.
func portValue(n *document.Node) (any, bool) {
	if n == nil {
		return nil, false
	}
	if i, ok := integer(n); ok {
		return i, true
	}
	return n.Text, n.Kind == document.String
}

// claimsOf lists the claims among a workload's volumes.
func (v *view) claimsOf(w *object) []any {
	volumes := w.pod.spec.Get("volumes")
	if volumes == nil {
		return nil
	}
	var entries []any
	for i, volume := range volumes.Items {
		name := volume.Find("persistentVolumeClaim", "claimName")
		if name == nil {
			continue
		}
		e := map[string]any{"index": i, "claim": name.Text, "access_modes": []any{}, "known": false}
		for _, claim := range nearest(w.place, v.w.index.claims[name.Text]) {
			if !sameNamespace(claim.namespace, w.namespace) || claim.place.alternative(w.place) {
				continue
			}
			e["ref"] = v.ref(claim)
			e["access_modes"], e["known"] = accessModes(claim.doc.Root.Find("spec", "accessModes"))
			break
		}
		entries = append(entries, e)
	}
	return entries
}

func accessModes(n *document.Node) (modes []any, known bool) {
	modes = []any{}
	if n == nil {
		return modes, false
	}
	known = len(n.Items) > 0
	for _, mode := range n.Items {
		if mode.Kind == document.String {
			modes = append(modes, mode.Text)
		} else {
			known = false
		}
	}
	return modes, known
}

// limitRangesOf lists what gives the containers of a workload resources.
func (v *view) limitRangesOf(w *object) []any {
	var entries []any
	for _, o := range v.w.index.limits {
		limits := o.doc.Root.Find("spec", "limits")
		if limits == nil || !sameNamespace(o.namespace, w.namespace) || o.place.alternative(w.place) {
			continue
		}
		resources := []any{}
		seen := make(map[string]bool)
		for _, limit := range limits.Items {
			if limit.Get("type").Str() != "Container" {
				continue
			}
			for _, key := range []string{"defaultRequest", "default"} {
				if defaults := limit.Get(key); defaults != nil {
					for _, m := range defaults.Members {
						if !seen[m.Key] {
							seen[m.Key] = true
							resources = append(resources, m.Key)
						}
					}
				}
			}
		}
		if len(resources) > 0 {
			e := v.entry(o, false)
			delete(e, "namespace")
			e["resources"] = resources
			entries = append(entries, e)
		}
	}
	return entries
}

// usersOf lists the workloads that use a ConfigMap, each way once.
func (v *view) usersOf(config *object) []any {
	var users []*object
	for _, w := range v.w.index.users[config.name] {
		if sameNamespace(w.namespace, config.namespace) && !w.place.alternative(config.place) {
			users = append(users, w)
		}
	}
	var entries []any
	for _, w := range nearest(config.place, users) {
		for _, way := range configsOf(w.pod)[config.name] {
			entries = append(entries, map[string]any{"ref": v.ref(w), "kind": w.kind, "via": way})
		}
	}
	return entries
}

// configsOf tells which ConfigMaps a pod uses, and in which ways: envFrom, env,
// volume.
func configsOf(pod *podTemplate) map[string][]string {
	uses := make(map[string][]string)
	use := func(name, way string) {
		if name != "" && !slices.Contains(uses[name], way) {
			uses[name] = append(uses[name], way)
		}
	}
	for _, key := range []string{"initContainers", "containers"} {
		for _, c := range items(pod.spec.Get(key)) {
			for _, e := range items(c.Get("envFrom")) {
				use(text(e.Find("configMapRef", "name")), "envFrom")
			}
			for _, e := range items(c.Get("env")) {
				use(text(e.Find("valueFrom", "configMapKeyRef", "name")), "env")
			}
		}
	}
	for _, volume := range items(pod.spec.Get("volumes")) {
		use(text(volume.Find("configMap", "name")), "volume")
	}
	return uses
}
