package kubernetes

import (
	"cmp"
	"slices"

	"github.com/opslint/opslint/internal/document"
)

// A view is what the documents of one group see.
type view struct {
	w         *workspace
	here      *place
	own, seen []*object
	refs      map[string]*document.Document
	names     map[*object]string // keys of refs
}

func newView(w *workspace, own, seen []*object) *view {
	v := &view{
		w: w, here: own[0].place, own: own, seen: seen,
		refs: make(map[string]*document.Document, len(seen)), names: make(map[*object]string, len(seen)),
	}
	for _, o := range own {
		v.ref(o)
	}
	for _, o := range seen {
		v.ref(o)
	}
	return v
}

// ref returns the key under which related locations find an object.
func (v *view) ref(o *object) string {
	if name, ok := v.names[o]; ok {
		return name
	}
	name := o.key
	if _, taken := v.refs[name]; taken {
		name += " (" + o.doc.File.Path + ")"
	}
	if _, taken := v.refs[name]; !taken {
		v.refs[name] = o.doc
	}
	v.names[o] = name
	return name
}

// An index finds the objects that joins ask for. There is one of the workspace;
// whoever asks drops what the object in question does not see.
type index struct {
	workloads       []*object
	workloadsByName map[string][]*object
	workloadsByPod  map[[2]string][]*object // by each label of their pods
	services        labelIndex
	budgets         labelIndex
	autoscalers     map[string][]*object // by the name of their target
	claims          map[string][]*object // by name
	users           map[string][]*object // workloads by the name of a ConfigMap
	limits          []*object
}

func newIndex(objects []*object) *index {
	x := &index{
		workloadsByName: make(map[string][]*object), workloadsByPod: make(map[[2]string][]*object),
		autoscalers: make(map[string][]*object), claims: make(map[string][]*object), users: make(map[string][]*object),
	}
	for _, o := range objects {
		x.add(o)
	}
	return x
}

func (x *index) add(o *object) {
	switch {
	case o.pod != nil:
		x.workloads = append(x.workloads, o)
		x.workloadsByName[o.name] = append(x.workloadsByName[o.name], o)
		for k, value := range o.pod.labels {
			label := [2]string{k, value}
			x.workloadsByPod[label] = append(x.workloadsByPod[label], o)
		}
		for name := range configsOf(o.pod) {
			x.users[name] = append(x.users[name], o)
		}
	case o.kind == "Service" && o.group == "":
		x.services.add(o, serviceSelector(o.doc.Root.Find("spec", "selector")))
	case o.kind == "PodDisruptionBudget":
		x.budgets.add(o, budgetSelector(o))
	case o.kind == "PersistentVolumeClaim":
		x.claims[o.name] = append(x.claims[o.name], o)
	case o.kind == "LimitRange":
		x.limits = append(x.limits, o)
	case isAutoscaler(o):
		if t := targetOf(o); t.known {
			x.autoscalers[t.name] = append(x.autoscalers[t.name], o)
		}
	}
}

// A labelIndex finds the objects whose selector meets given labels without
// asking all of them: each is filed under one label that it demands.
type labelIndex struct {
	byLabel map[[2]string][]selecting
	others  []selecting // that demand no exact label
}

type selecting struct {
	object   *object
	selector selector
}

func (x *labelIndex) add(o *object, s selector) {
	if s.nothing {
		return
	}
	if len(s.labels) == 0 {
		x.others = append(x.others, selecting{o, s})
		return
	}
	if x.byLabel == nil {
		x.byLabel = make(map[[2]string][]selecting)
	}
	least := [2]string{}
	for k, value := range s.labels {
		if label := [2]string{k, value}; least[0] == "" || k > least[0] {
			least = label // any will do, as long as it is always the same
		}
	}
	x.byLabel[least] = append(x.byLabel[least], selecting{o, s})
}

// of returns the objects that select the pods of a workload.
func (x *labelIndex) of(w *object) []*object {
	if w.pod == nil {
		return nil
	}
	var found []*object
	ask := func(all []selecting) {
		for i := range all {
			if sameNamespace(all[i].object.namespace, w.namespace) && all[i].selector.meets(w.pod.labels) && !all[i].object.place.alternative(w.place) {
				found = append(found, all[i].object)
			}
		}
	}
	for k, value := range w.pod.labels {
		ask(x.byLabel[[2]string{k, value}])
	}
	ask(x.others)
	slices.SortStableFunc(found, inOrder)
	return nearest(w.place, found)
}

// selected returns the workloads that a selector meets, seen from its object.
func (v *view) selected(by *object, s selector) []*object {
	if s.nothing {
		return nil
	}
	candidates := v.w.index.workloads
	for k, value := range s.labels {
		if few := v.w.index.workloadsByPod[[2]string{k, value}]; len(few) < len(candidates) {
			candidates = few
		}
	}
	var found []*object
	for _, w := range candidates {
		if sameNamespace(by.namespace, w.namespace) && s.meets(w.pod.labels) && !w.place.alternative(by.place) {
			found = append(found, w)
		}
	}
	slices.SortStableFunc(found, inOrder)
	return nearest(by.place, found)
}

func inOrder(a, b *object) int { return cmp.Compare(a.order, b.order) }
