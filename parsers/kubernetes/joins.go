package kubernetes

import (
	"maps"
	"slices"
	"strings"

	"github.com/opslint/opslint/internal/document"
)

// joins computes the joins of the group's own documents; the package's comment
// gives their shape.
func (v *view) joins() map[string]any {
	j := joins{}
	for _, o := range v.own {
		switch {
		case o.pod != nil:
			v.joinWorkload(j, o)
		case isAutoscaler(o):
			v.joinAutoscaler(j, o)
		case o.kind == "PodDisruptionBudget":
			v.joinBudget(j, o)
		case o.kind == "Service" && o.group == "":
			j.list("workloads_of", o, v.workloadEntries(v.selected(o, serviceSelector(o.doc.Root.Find("spec", "selector")))))
		case o.kind == "ConfigMap":
			j.list("users_of", o, v.usersOf(o))
		}
		j.list("completed_by", o, v.w.builds.entries(o))
	}
	j["secrets"] = v.secrets()
	j["replaced_images"] = v.w.builds.images
	j["kinds"], j["custom_kinds"] = v.kinds()
	j["unreadable"] = v.unreadable()
	j["charts"] = v.w.charts.list()
	return j
}

// joins is the value of the key of the same name.
type joins map[string]any

// set adds an entry for an object.
func (j joins) set(name string, o *object, entry any) { below(j, name)[o.key] = entry }

// list adds the entries for an object, if there are any.
func (j joins) list(name string, o *object, entries []any) {
	if len(entries) > 0 {
		j.set(name, o, entries)
	}
}

func (v *view) joinWorkload(j joins, o *object) {
	j.list("services_of", o, v.serviceEntries(v.w.index.services.of(o)))
	var autoscalers []any
	for _, a := range v.autoscalersOf(o) {
		autoscalers = append(autoscalers, v.autoscalerEntry(a))
	}
	j.list("autoscalers_of", o, autoscalers)
	var budgets []any
	for _, b := range v.w.index.budgets.of(o) {
		budgets = append(budgets, v.entry(b, false))
	}
	j.list("budgets_of", o, budgets)
	if m, ok := v.minimumOf(o); ok {
		j.set("effective_minimum", o, v.minimumEntry(m))
	}
	j.list("claims_of", o, v.claimsOf(o))
	j.list("limit_ranges_of", o, v.limitRangesOf(o))
	for _, a := range v.targeting(o) {
		if a.kind == "VerticalPodAutoscaler" && text(a.doc.Root.Find("spec", "updatePolicy", "updateMode")) != "Off" {
			j.set("requests_set", o, true)
		}
	}
	if slices.ContainsFunc(v.w.ignored, func(i ignoredReplicas) bool { return i.covers(o) }) {
		j.set("replicas_ignored", o, true)
	}
}

func (v *view) joinAutoscaler(j joins, o *object) {
	found := v.targetsOf(o)
	j.list("targets_of", o, v.workloadEntries(found))
	if t := targetOf(o); len(found) == 0 && t.known && !v.w.holds(&t, o) && !v.mayBeLost(t.kind) {
		j.set("missed_target_of", o, v.missedTarget(o, &t))
	}
}

func (v *view) joinBudget(j joins, o *object) {
	found := v.selected(o, budgetSelector(o))
	j.list("workloads_of", o, v.workloadEntries(found))
	if len(found) == 0 {
		return
	}
	sum := minimum{by: "sum", known: true}
	for _, w := range found {
		m, ok := v.minimumOf(w)
		sum.value += m.value
		sum.known = sum.known && ok && m.known
	}
	j.set("effective_minimum", o, v.minimumEntry(sum))
}

// holds reports whether the target lies anywhere in the workspace.
func (w *workspace) holds(t *target, by *object) bool {
	return slices.ContainsFunc(w.byName[t.name], func(o *object) bool {
		return t.is(o) && sameNamespace(o.namespace, by.namespace)
	})
}

func (v *view) missedTarget(o *object, t *target) map[string]any {
	sameName, nearby := []any{}, []any{}
	byName := make(map[string]*object)
	for _, w := range v.w.index.workloads {
		switch {
		case w.place.alternative(v.here):
		case w.name == t.name:
			entry := v.entry(w, true)
			delete(entry, "name")
			sameName = append(sameName, entry)
		case w.kind == t.kind && byName[w.name] == nil:
			byName[w.name] = w
		}
	}
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		if misspelt(t.name, name) {
			entry := v.entry(byName[name], true)
			delete(entry, "namespace")
			nearby = append(nearby, entry)
			break
		}
	}
	return map[string]any{
		"kind": t.kind, "name": t.name, "kind_present": v.w.kinds[t.kind] > 0,
		"same_name": sameName, "nearest": nearby, "installs": v.installs(o),
	}
}

// misspelt reports whether two names are one slip apart: a letter too many, too
// few, another one, or two in the wrong order. The policies do it the same way.
func misspelt(a, b string) bool {
	shorter := shortened(a)
	for name := range shortened(b) {
		if shorter[name] {
			return true
		}
	}
	return false
}

// shortened returns a name and all that come of leaving out one byte of it.
func shortened(name string) map[string]bool {
	names := map[string]bool{name: true}
	for i := range len(name) {
		names[name[:i]+name[i+1:]] = true
	}
	return names
}

func (v *view) secrets() map[string]any {
	names := maps.Clone(v.w.builds.secrets)
	for _, o := range v.seen {
		switch o.kind {
		case "Secret", "SealedSecret", "ExternalSecret":
			if o.name != "" {
				names[o.name] = true
			}
			if made := text(o.doc.Root.Find("spec", "target", "name")); made != "" {
				names[made] = true
			}
		}
	}
	return names
}

func (v *view) kinds() (counts map[string]any, custom []any) {
	counts, custom = make(map[string]any), []any{}
	unknown := make(map[string]bool)
	for _, o := range v.seen {
		n, _ := counts[o.kind].(int)
		counts[o.kind] = n + 1
		if mayCreatePods(o) {
			unknown[o.kind] = true
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(unknown)) {
		custom = append(custom, kind)
	}
	return counts, custom
}

// unreadable lists the files in sight in which an object could be whose absence
// rules report.
func (v *view) unreadable() []any {
	files := []any{}
	for _, lost := range v.w.lost {
		if !companion(lost.kind) || lost.place.alternative(v.here) || slices.Contains(files, any(lost.place.path)) {
			continue
		}
		files = append(files, lost.place.path)
	}
	return files
}

// companion reports whether rules miss objects of a kind. An unknown kind and
// that of a list may be anything.
func companion(kind string) bool {
	switch kind {
	case "", "HorizontalPodAutoscaler", "ScaledObject", "VerticalPodAutoscaler", "PodDisruptionBudget", "LimitRange":
		return true
	}
	return strings.HasSuffix(kind, "List") || strings.Contains(kind, "{")
}

// mayBeLost reports whether an object of a kind may be among the documents in
// sight that could not be read.
func (v *view) mayBeLost(kind string) bool {
	return slices.ContainsFunc(v.w.lost, func(lost lostDocument) bool {
		known := lost.kind != "" && !strings.HasSuffix(lost.kind, "List") && !strings.Contains(lost.kind, "{")
		return (!known || lost.kind == kind) && !lost.place.alternative(v.here)
	})
}

// ignoredReplicas is an entry of an Argo CD application's ignoreDifferences
// about replicas.
type ignoredReplicas struct{ kind, name, namespace string }

func (i *ignoredReplicas) covers(o *object) bool {
	return (i.kind == o.kind || i.kind == "*") && (i.name == "" || i.name == o.name) && (i.namespace == "" || sameNamespace(i.namespace, o.namespace))
}

func ignoredReplicasOf(o *object) []ignoredReplicas {
	if o.group != "argoproj.io" {
		return nil
	}
	list := o.doc.Root.Find("spec", "ignoreDifferences")
	if o.kind == "ApplicationSet" {
		list = o.doc.Root.Find("spec", "template", "spec", "ignoreDifferences")
	}
	if list == nil {
		return nil
	}
	var found []ignoredReplicas
	for _, item := range list.Items {
		for key, want := range map[string]string{"jsonPointers": "/spec/replicas", "jqPathExpressions": ".spec.replicas"} {
			pointers := item.Get(key)
			if pointers != nil && slices.ContainsFunc(pointers.Items, func(n *document.Node) bool { return n.Text == want }) {
				found = append(found, ignoredReplicas{text(item.Get("kind")), text(item.Get("name")), text(item.Get("namespace"))})
			}
		}
	}
	return found
}
