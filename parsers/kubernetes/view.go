package kubernetes

import (
	"cmp"
	"slices"

	"github.com/opslint/opslint/internal/document"
)

// A view is what the documents of one group see, indexed for the joins.
type view struct {
	w         *workspace
	here      *place
	own, seen []*object
	refs      map[string]*document.Document
	names     map[*object]string // keys of refs

	workloads   []*object
	podsBy      map[[2]string][]*object // workloads by each label of their pods
	services    labelIndex
	budgets     labelIndex
	autoscalers map[string][]*object // by the name of their target
	workloadsBy map[string][]*object // by name
	claims      map[string][]*object // by name
	limits      []*object
}

func newView(w *workspace, here *place, own, seen []*object) *view {
	v := &view{
		w: w, here: here, own: own, seen: seen,
		refs: make(map[string]*document.Document, len(seen)), names: make(map[*object]string, len(seen)),
		autoscalers: make(map[string][]*object), workloadsBy: make(map[string][]*object), claims: make(map[string][]*object), podsBy: make(map[[2]string][]*object),
	}
	for _, o := range own {
		v.name(o)
	}
	for _, o := range seen {
		v.name(o)
		v.index(o)
	}
	return v
}

// name gives an object the key under which related locations find it.
func (v *view) name(o *object) {
	if _, ok := v.names[o]; ok {
		return
	}
	name := o.doc.Name
	if _, taken := v.refs[name]; taken {
		name += " (" + o.doc.File.Path + ")"
	}
	if _, taken := v.refs[name]; !taken {
		v.refs[name] = o.doc
	}
	v.names[o] = name
}

func (v *view) index(o *object) {
	switch {
	case o.pod != nil:
		v.workloads = append(v.workloads, o)
		v.workloadsBy[o.name] = append(v.workloadsBy[o.name], o)
		for k, value := range o.pod.labels {
			v.podsBy[[2]string{k, value}] = append(v.podsBy[[2]string{k, value}], o)
		}
	case o.kind == "Service" && o.group == "":
		v.services.add(o, serviceSelector(o.doc.Root.Find("spec", "selector")))
	case o.kind == "PodDisruptionBudget":
		v.budgets.add(o, budgetSelector(o))
	case o.kind == "PersistentVolumeClaim":
		v.claims[o.name] = append(v.claims[o.name], o)
	case o.kind == "LimitRange":
		v.limits = append(v.limits, o)
	case isAutoscaler(o):
		if t := targetOf(o); t.known {
			v.autoscalers[t.name] = append(v.autoscalers[t.name], o)
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
	candidates := v.workloads
	for k, value := range s.labels {
		if few := v.podsBy[[2]string{k, value}]; len(few) < len(candidates) {
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
