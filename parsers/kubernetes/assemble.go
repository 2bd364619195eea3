package kubernetes

import (
	"context"
	"maps"
	"slices"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
)

// Assemble joins manifests into groups; the package's comment says how.
func Assemble(ctx context.Context, tree *source.Tree, base string, artifacts []*document.Artifact) ([]document.Group, []finding.Notice) {
	w := &workspace{base: base, charts: findCharts(tree, artifacts), places: make(map[string]*place)}
	notices := w.charts.notices(tree)
	w.builds = readBuilds(tree, artifacts)
	var documents []*document.Document
	for _, a := range artifacts {
		s := syntaxOf(a)
		switch {
		case w.charts.above(a.File.Path) != "", w.builds.patchFiles[a.File.Path]:
			continue
		case s.template != nil:
			notices = append(notices, templateNotice(a.File, *s.template))
		}
		for _, kind := range s.lost {
			w.lost = append(w.lost, lostDocument{w.place(a.File.Path), kind})
		}
		if len(a.Documents) > 0 {
			w.place(a.File.Path)
			documents = append(documents, a.Documents...)
		}
	}
	newTwins(documents, w.places)
	for _, d := range documents {
		o := newObject(d, w.places[d.File.Path])
		o.order, o.nonproduction = len(w.objects), isNonproduction(base, o)
		w.objects = append(w.objects, o)
	}
	w.finish()
	return w.groups(ctx), notices
}

func syntaxOf(a *document.Artifact) *syntax {
	if s, ok := a.Syntax.(*syntax); ok {
		return s
	}
	return new(syntax)
}

func templateNotice(f *source.File, r source.Range) finding.Notice {
	return finding.Notice{
		Location:   source.Location{File: f, Range: r},
		Message:    "template outside a chart is not rendered: check the manifests that it makes",
		Incomplete: true,
	}
}

// A workspace is all that was read, before it is divided into groups.
type workspace struct {
	base    string
	charts  charts
	builds  builds
	places  map[string]*place // by path
	objects []*object         // in the order of the artifacts
	index   *index
	lost    []lostDocument
	// kinds counts the objects of all groups.
	kinds map[string]int
	// byName holds all objects.
	byName map[string][]*object
	// ignored are what deployment tools do not reset the replicas of.
	ignored []ignoredReplicas
}

// A lostDocument could not be read; its kind is "" if that is not known either.
type lostDocument struct {
	place *place
	kind  string
}

func (w *workspace) place(path string) *place {
	if w.places[path] == nil {
		w.places[path] = newPlace(path)
	}
	return w.places[path]
}

// finish computes what all groups share.
func (w *workspace) finish() {
	w.kinds, w.byName = make(map[string]int), make(map[string][]*object)
	for _, o := range w.objects {
		w.kinds[o.kind]++
		w.byName[o.name] = append(w.byName[o.name], o)
		w.ignored = append(w.ignored, ignoredReplicasOf(o)...)
	}
	for _, o := range w.objects {
		if o.kind == "Rollout" && o.pod != nil {
			w.borrowTemplate(o)
		}
	}
	w.index = newIndex(w.objects)
	w.builds.resolve(w)
}

// borrowTemplate gives a Rollout that refers to a Deployment the pods of that.
func (w *workspace) borrowTemplate(o *object) {
	ref := o.doc.Root.Find("spec", "workloadRef")
	for _, d := range nearest(o.place, w.byName[text(ref.Get("name"))]) {
		if d.pod != nil && d.kind == text(ref.Get("kind")) && d.namespace == o.namespace && !d.place.alternative(o.place) {
			o.pod, d.rollout = d.pod, o
			return
		}
	}
}

// manySeen is how many objects all groups together list in their inventories,
// unless a workspace is a heap of alternatives.
const manySeen = 1_000_000

// groups divides the objects: those that see the same others are one group.
func (w *workspace) groups(ctx context.Context) []document.Group {
	own := make(map[string][]*object)
	for _, o := range w.objects {
		signature := o.place.signature()
		own[signature] = append(own[signature], o)
	}
	everything := len(own)*len(w.objects) <= manySeen
	groups := make([]document.Group, 0, len(own))
	for _, signature := range slices.Sorted(maps.Keys(own)) {
		if ctx.Err() != nil {
			break
		}
		seen := own[signature]
		if everything {
			seen = w.seenFrom(seen[0].place)
		}
		groups = append(groups, newView(w, own[signature], seen).group())
	}
	return groups
}

// seenFrom returns what a place sees, the nearest first.
func (w *workspace) seenFrom(here *place) []*object {
	seen := make([]*object, 0, len(w.objects))
	for _, o := range w.objects {
		if !here.alternative(o.place) {
			seen = append(seen, o)
		}
	}
	slices.SortStableFunc(seen, nearer(here))
	return seen
}

func (v *view) group() document.Group {
	g := document.Group{Refs: v.refs, Data: map[string]any{
		"inventory":   inventory(v.seen),
		"outside":     inventory(nil),
		"environment": v.environment(),
		"joins":       v.joins(),
	}}
	for _, o := range v.own {
		g.Documents = append(g.Documents, o.doc)
	}
	return g
}

// inventory lays objects out as Gatekeeper does. Of two with one identity the
// first is taken.
func inventory(objects []*object) map[string]any {
	cluster, namespace := make(map[string]any), make(map[string]any)
	for _, o := range objects {
		if o.name == "" {
			continue
		}
		byVersion := cluster
		if o.namespace != "" || !clusterScoped(o) {
			byVersion = below(namespace, o.namespace)
		}
		byName := below(below(byVersion, o.apiVersion), o.kind)
		if _, ok := byName[o.name]; !ok {
			byName[o.name] = o.doc.Root
		}
	}
	return map[string]any{"cluster": cluster, "namespace": namespace}
}

func below(m map[string]any, key string) map[string]any {
	child, ok := m[key].(map[string]any)
	if !ok {
		child = make(map[string]any)
		m[key] = child
	}
	return child
}
