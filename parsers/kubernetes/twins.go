package kubernetes

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/opslint/opslint/internal/document"
)

// A place is a file in the tree of all files with manifests.
type place struct {
	path  string
	steps []step // from the root down to the file
}

// A step is one way down in a directory: to a directory or file in it.
type step struct {
	name string
	// cliques are the numbers of the sets of alternatives in its directory that
	// the step belongs to, ascending.
	cliques []int
}

// Twins knows which places are alternatives of each other.
//
// Two places that hold the same object are alternatives: going down from the
// root, the entries of one directory (subdirectories with all below them, and
// files) in which the object is found. Several entries of a directory that hold
// it form a clique.
type twins struct {
	root *directory
}

type directory struct {
	children map[string]*directory
	cliques  map[string][]int // by child
	count    int              // of cliques
	known    map[string]bool  // cliques by their members' names
}

// newTwins finds the alternatives among documents and fills in the cliques of
// their places, which are keyed by path.
func newTwins(documents []*document.Document, places map[string]*place) {
	t := twins{root: new(directory)}
	holders := make(map[string][]string)
	for _, d := range documents {
		if !tellsTwins(d) {
			continue
		}
		id := groupOf(text(d.Root.Get("apiVersion"))) + "/" + d.Name
		if paths := holders[id]; len(paths) == 0 || paths[len(paths)-1] != d.File.Path {
			holders[id] = append(paths, d.File.Path)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(holders)) {
		if paths := holders[id]; len(paths) > 1 {
			t.split(t.root, paths, 0)
		}
	}
	for _, p := range places {
		t.fill(p)
	}
}

// repeated are kinds of which one is often given beside each part of an
// application, so that two of a name do not make their places alternatives.
var repeated = map[string]bool{
	"Namespace": true, "ServiceAccount": true, "NetworkPolicy": true, "LimitRange": true, "ResourceQuota": true,
	"Role": true, "RoleBinding": true, "ClusterRole": true, "ClusterRoleBinding": true, "PriorityClass": true,
	"StorageClass": true, "IngressClass": true, "CustomResourceDefinition": true,
}

// tellsTwins reports whether two objects like this one are one object given
// twice. Objects without a name are told apart by the cluster.
func tellsTwins(d *document.Document) bool {
	return !repeated[d.Kind] && text(d.Root.Find("metadata", "name")) != ""
}

// split notes the alternatives among paths, all of which lie below dir, from
// their step number depth on.
func (t *twins) split(dir *directory, paths []string, depth int) {
	byChild := make(map[string][]string)
	for _, p := range paths {
		if name, rest := stepAt(p, depth); name != "" {
			if rest == "" && byChild[name] != nil {
				continue // the same file
			}
			byChild[name] = append(byChild[name], p)
		}
	}
	names := slices.Sorted(maps.Keys(byChild))
	if len(names) > 1 {
		dir.clique(names)
	}
	for _, name := range names {
		if len(byChild[name]) > 1 {
			t.split(dir.child(name), byChild[name], depth+1)
		}
	}
}

func (d *directory) child(name string) *directory {
	if d.children == nil {
		d.children = make(map[string]*directory)
	}
	if d.children[name] == nil {
		d.children[name] = new(directory)
	}
	return d.children[name]
}

func (d *directory) clique(names []string) {
	key := strings.Join(names, "/")
	if d.known[key] {
		return
	}
	if d.known == nil {
		d.known, d.cliques = make(map[string]bool), make(map[string][]int)
	}
	d.known[key] = true
	for _, name := range names {
		d.cliques[name] = append(d.cliques[name], d.count)
	}
	d.count++
}

// stepAt returns the name of a path's step and what follows it.
func stepAt(p string, depth int) (name, rest string) {
	rest = p
	for range depth + 1 {
		name, rest, _ = strings.Cut(rest, "/")
	}
	return name, rest
}

func newPlace(p string) *place {
	result := &place{path: p}
	for name := range strings.SplitSeq(p, "/") {
		result.steps = append(result.steps, step{name: name})
	}
	return result
}

func (t *twins) fill(p *place) {
	dir := t.root
	for i := range p.steps {
		if dir == nil {
			return
		}
		p.steps[i].cliques = dir.cliques[p.steps[i].name]
		dir = dir.children[p.steps[i].name]
	}
}

// alternative reports whether two places never see each other.
func (p *place) alternative(q *place) bool {
	i := p.common(q)
	if i == len(p.steps) || i == len(q.steps) {
		return false
	}
	a, b := p.steps[i].cliques, q.steps[i].cliques
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] == b[0]:
			return true
		case a[0] < b[0]:
			a = a[1:]
		default:
			b = b[1:]
		}
	}
	return false
}

// common returns how many steps two places share from the root.
func (p *place) common(q *place) int {
	n := min(len(p.steps), len(q.steps))
	for i := range n {
		if p.steps[i].name != q.steps[i].name {
			return i
		}
	}
	return n
}

// signature is equal for places that see the same others.
func (p *place) signature() string {
	var b strings.Builder
	last := 0
	for i, s := range p.steps {
		if len(s.cliques) > 0 {
			last = i + 1
		}
	}
	for _, s := range p.steps[:last] {
		b.WriteString(s.name)
		b.WriteByte('/')
	}
	return b.String()
}

// nearest orders objects by how near they stand to a place, the nearest first
// and production before the rest, and drops those whose place is an alternative of a nearer one's: what several
// alternatives hold is given once.
func nearest(p *place, objects []*object) []*object {
	if len(objects) < 2 {
		return objects
	}
	sorted := slices.Clone(objects)
	slices.SortStableFunc(sorted, nearer(p))
	kept := sorted[:0]
	for _, o := range sorted {
		if !slices.ContainsFunc(kept, func(k *object) bool { return k.place.alternative(o.place) }) {
			kept = append(kept, o)
		}
	}
	return kept
}

// nearer orders objects by how many steps their places share with p, the most
// first; of equally near ones, production comes first.
func nearer(p *place) func(a, b *object) int {
	return func(a, b *object) int {
		c := cmp.Compare(b.place.common(p), a.place.common(p))
		switch {
		case c != 0 || a.nonproduction == b.nonproduction:
			return c
		case a.nonproduction:
			return 1
		}
		return -1
	}
}
