package kubernetes

import (
	"slices"
	"strconv"
	"strings"

	"github.com/opslint/opslint/internal/document"
)

// isAutoscaler reports whether an object is an autoscaler of any sort, also one
// that only recommends. An autoscaler that KEDA made belongs to its ScaledObject.
func isAutoscaler(o *object) bool {
	switch o.kind {
	case "HorizontalPodAutoscaler":
		return o.group == "autoscaling" && !strings.HasPrefix(o.name, "keda-hpa-")
	case "ScaledObject":
		return o.group == "keda.sh"
	case "VerticalPodAutoscaler":
		return o.group == "autoscaling.k8s.io"
	}
	return false
}

// scales says what an autoscaler changes: "replicas", "requests", or "" for one
// that changes nothing of running pods.
func scales(o *object) string {
	if o.kind != "VerticalPodAutoscaler" {
		return "replicas"
	}
	switch text(o.doc.Root.Find("spec", "updatePolicy", "updateMode")) {
	case "Off", "Initial":
		return ""
	}
	return "requests"
}

// A target is what an autoscaler refers to. It is known if kind and name are
// plain text.
type target struct {
	kind, name string
	group      string
	anyGroup   bool // no apiVersion is given
	known      bool
}

func targetOf(o *object) target {
	key, kind := "scaleTargetRef", ""
	switch o.kind {
	case "VerticalPodAutoscaler":
		key = "targetRef"
	case "ScaledObject":
		kind = "Deployment"
	}
	ref := o.doc.Root.Find("spec", key)
	t := target{kind: kind, name: ref.Get("name").Str(), anyGroup: true}
	if k := ref.Get("kind"); k != nil {
		t.kind = k.Str()
	}
	if apiVersion := ref.Get("apiVersion"); apiVersion != nil {
		t.group, t.anyGroup = groupOf(apiVersion.Str()), apiVersion.Str() == ""
	}
	t.known = t.kind != "" && t.name != "" && !strings.Contains(t.name, "${") && !strings.Contains(t.name, "$(")
	return t
}

// is reports whether an object is the target, wherever it lies.
func (t *target) is(o *object) bool {
	return o.name == t.name && o.kind == t.kind && (t.anyGroup || t.group == o.group)
}

// autoscalersOf returns what changes the replicas or requests of a workload's
// running pods.
func (v *view) autoscalersOf(w *object) []*object {
	found := v.targeting(w)
	return slices.DeleteFunc(found, func(o *object) bool { return scales(o) == "" })
}

// targeting returns the autoscalers that refer to a workload, or to the Rollout
// that runs its pods.
func (v *view) targeting(w *object) []*object {
	var found []*object
	for _, o := range v.w.index.autoscalers[w.name] {
		if t := targetOf(o); t.is(w) && sameNamespace(o.namespace, w.namespace) && !o.place.alternative(w.place) {
			found = append(found, o)
		}
	}
	if w.rollout != nil {
		found = append(found, v.targeting(w.rollout)...)
	}
	slices.SortStableFunc(found, inOrder)
	return slices.Clone(nearest(w.place, found))
}

// targetsOf returns the workloads that an autoscaler refers to, seen from it.
func (v *view) targetsOf(o *object) []*object {
	t := targetOf(o)
	var found []*object
	for _, w := range v.w.index.workloadsByName[t.name] {
		if t.is(w) && sameNamespace(o.namespace, w.namespace) && !o.place.alternative(w.place) {
			found = append(found, w)
		}
	}
	slices.SortStableFunc(found, inOrder)
	return nearest(o.place, found)
}

// A minimum is the least number of pods of a workload and what decides it.
type minimum struct {
	value int
	known bool
	by    string
	from  *object
	path  []any
}

// minimumOf returns the effective minimum of a workload, false if it has none.
func (v *view) minimumOf(w *object) (minimum, bool) {
	if w.rollout != nil {
		w = w.rollout
	}
	switch w.kind {
	case "Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", "Rollout", "DeploymentConfig":
	default:
		return minimum{}, false
	}
	for _, o := range v.autoscalersOf(w) {
		if scales(o) == "replicas" {
			return v.autoscaledMinimum(o), true
		}
	}
	return v.written(minimum{by: "replicas", from: w, path: []any{"spec", "replicas"}, value: 1}), true
}

// autoscaledMinimum reads the minimum of a HorizontalPodAutoscaler or
// ScaledObject.
func (v *view) autoscaledMinimum(o *object) minimum {
	if o.kind == "HorizontalPodAutoscaler" {
		return v.written(minimum{by: "autoscaler", from: o, path: []any{"spec", "minReplicas"}, value: 1})
	}
	const paused = "autoscaling.keda.sh/paused-replicas"
	if n := o.doc.Root.Find("metadata", "annotations", paused); n != nil {
		value, err := strconv.Atoi(n.Text)
		return minimum{by: "autoscaler", from: o, path: []any{"metadata", "annotations", paused}, value: value, known: err == nil}
	}
	return v.written(minimum{by: "autoscaler", from: o, path: []any{"spec", "minReplicaCount"}, value: 0})
}

// written completes a minimum, whose value is the default, by what is written
// at its path.
func (v *view) written(m minimum) minimum {
	key, _ := m.path[1].(string)
	if v.w.builds.sets(m.from, "spec."+key) {
		return minimum{by: "overlay"}
	}
	n := m.from.doc.Root.Find("spec", key)
	if n == nil || n.Kind == document.Null {
		if m.by == "replicas" {
			m.by = "default"
		}
		m.path, m.known = []any{"spec"}, true
		return m
	}
	value, ok := integer(n)
	m.value, m.known = value, ok
	return m
}

// integer returns the whole number that a node is.
func integer(n *document.Node) (int, bool) {
	if n == nil || n.Kind != document.Number {
		return 0, false
	}
	i, err := strconv.Atoi(n.Text)
	return i, err == nil
}

// paused reports whether KEDA was told to leave the replicas alone.
func paused(o *object) bool {
	annotations := o.doc.Root.Find("metadata", "annotations")
	if annotations.Get("autoscaling.keda.sh/paused-replicas") != nil {
		return true
	}
	n := annotations.Get("autoscaling.keda.sh/paused")
	return n != nil && n.Text != "false"
}

// bounds returns the range of an autoscaler of replicas, defaults applied.
func bounds(o *object) (minimum, maximum int, known bool) {
	spec := o.doc.Root.Get("spec")
	read := func(key string, fallback int) (int, bool) {
		if n := spec.Get(key); n != nil && n.Kind != document.Null {
			return integer(n)
		}
		return fallback, fallback >= 0
	}
	var ok bool
	if o.kind == "ScaledObject" {
		minimum, known = read("minReplicaCount", 0)
		maximum, ok = read("maxReplicaCount", 100)
	} else {
		minimum, known = read("minReplicas", 1)
		maximum, ok = read("maxReplicas", -1)
	}
	return minimum, maximum, known && ok
}
