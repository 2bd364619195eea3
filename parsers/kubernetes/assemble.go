package kubernetes

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
)

// Assemble joins manifests into groups; the package's comment says how.
func Assemble(ctx context.Context, tree *source.Tree, base string, artifacts []*document.Artifact) ([]document.Group, []finding.Notice) {
	artifacts, notices := withoutTestData(base, artifacts)
	w := &workspace{base: base, charts: findCharts(tree, artifacts), places: make(map[string]*place)}
	notices = append(notices, w.charts.notices(tree)...)
	w.builds = readBuilds(tree, artifacts)
	bundles := make(map[string]bool)
	var documents []*document.Document
	for _, a := range artifacts {
		s := syntaxOf(a)
		notices = append(notices, s.held...)
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
			if s.generated {
				bundles[a.File.Path] = true
			}
			documents = append(documents, a.Documents...)
		}
	}
	newTwins(documents, w.places)
	documents, remarks := w.trace(documents, bundles)
	notices = append(notices, remarks...)
	for _, d := range documents {
		o := newObject(d, w.places[d.File.Path])
		o.order, o.nonproduction = len(w.objects), isNonproduction(base, o)
		w.objects = append(w.objects, o)
	}
	w.finish()
	notices = append(notices, w.remark()...)
	return w.groups(ctx), notices
}

// testData are folders whose files are what tests read: nobody applies them (also testdata2).
var testData = map[string]bool{
	"testdata": true, "test-data": true, "test_data": true, "fixtures": true, "__fixtures__": true, "testfixtures": true,
}

func inTestData(folders string) bool {
	return slices.ContainsFunc(strings.Split(folders, "/"), func(folder string) bool { return testData[strings.TrimRight(strings.ToLower(folder), "0123456789")] })
}

// withoutTestData leaves out what lies in folders of test data below the base.
// Who names such a folder itself has its files checked.
func withoutTestData(base string, artifacts []*document.Artifact) ([]*document.Artifact, []finding.Notice) {
	kept := make([]*document.Artifact, 0, len(artifacts))
	var left []*document.Artifact
	for _, a := range artifacts {
		if inTestData(foldersBelow(base, a.File.Path)) {
			left = append(left, a)
		} else {
			kept = append(kept, a)
		}
	}
	if len(left) == 0 {
		return artifacts, nil
	}
	return kept, []finding.Notice{{
		Location: source.Location{File: left[0].File},
		Message:  fmt.Sprintf("%s in folders of test data, not checked: name such a folder to check it", counted(len(left))),
	}}
}

func counted(files int) string {
	if files == 1 {
		return "a file with manifests lies"
	}
	return fmt.Sprintf("%d files with manifests, this is the first, lie", files)
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
