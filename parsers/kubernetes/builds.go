package kubernetes

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
	"github.com/opslint/opslint/parsers/internal/yamltree"
)

// builds is what kustomizations and Skaffold configurations tell about plain
// manifests. Nothing is built: manifests are read as they stand, and this says
// which files are patches and which keys of which objects are not final.
type builds struct {
	tree       *source.Tree
	files      map[string]*source.File // that were read anyhow
	patchFiles map[string]bool
	images     map[string]any // replaced image: file that says so
	secrets    map[string]any // names of generated Secrets
	all        map[string]*kustomization
	helm       bool // a kustomization or Skaffold installs a chart
	// completed holds, by object, what kustomizations set.
	completed map[*object][]completion
}

// A kustomization is one folder's.
type kustomization struct {
	file       *source.File
	dir        string
	resources  []string // files and folders, relative to the workspace
	components []string // folders
	changes    []change
}

// A change is a patch or an entry of replicas, with the keys that it sets.
type change struct {
	kind, name string // of the objects that it changes; "" is any
	exact      bool   // name is no pattern
	paths      map[string]bool
}

// A completion is what one kustomization sets in one object.
type completion struct {
	file  string
	paths map[string]bool
}

func readBuilds(tree *source.Tree, artifacts []*document.Artifact) builds {
	b := builds{
		tree: tree, files: make(map[string]*source.File),
		patchFiles: make(map[string]bool), images: make(map[string]any), secrets: make(map[string]any),
		all: make(map[string]*kustomization), completed: make(map[*object][]completion),
	}
	for _, a := range artifacts {
		b.files[a.File.Path] = a.File
	}
	for _, a := range artifacts {
		s := syntaxOf(a)
		for _, n := range s.kustomizations {
			b.kustomization(a.File, n)
		}
		for _, n := range s.skaffolds {
			b.skaffold(a.File, n)
		}
	}
	b.tiltfiles()
	return b
}

// skaffold notes the images that Skaffold builds, in some profile or always.
func (b *builds) skaffold(f *source.File, n *document.Node) {
	for _, part := range slices.Concat([]*document.Node{n}, items(n.Get("profiles"))) {
		for _, artifact := range items(part.Find("build", "artifacts")) {
			b.image(text(artifact.Get("image")), f)
		}
		b.helm = b.helm || part.Find("deploy", "helm") != nil || part.Find("manifests", "helm") != nil
	}
}

// tiltBuild is a call in a Tiltfile whose first argument names the image that
// it builds: docker_build('shop/api', …).
var tiltBuild = regexp.MustCompile(`(?m)^[ \t]*(?:docker_build|custom_build|\w+_build_with_restart)\(\s*(?:ref\s*=\s*)?["']([^"'\s]+)["']`)

// tiltfiles notes the images that Tilt builds. A Tiltfile stands at the top of
// the workspace, or at that of a part of it.
func (b *builds) tiltfiles() {
	asked := make(map[string]bool)
	for name := range b.files {
		for dir := path.Dir(name); !asked[dir]; dir = path.Dir(dir) {
			asked[dir] = true
		}
	}
	for _, dir := range slices.Sorted(maps.Keys(asked)) {
		f, err := b.tree.Read(path.Join(dir, "Tiltfile"), Limit)
		if err != nil {
			continue
		}
		for _, m := range tiltBuild.FindAllSubmatch(f.Content, -1) {
			b.image(string(m[1]), f)
		}
	}
}

func items(n *document.Node) []*document.Node {
	if n == nil {
		return nil
	}
	return n.Items
}

// image notes a replaced image by its name without tag and digest.
func (b *builds) image(name string, f *source.File) {
	name, _, _ = strings.Cut(name, "@")
	if i := strings.LastIndexByte(name, ':'); i > strings.LastIndexByte(name, '/') {
		name = name[:i]
	}
	if _, ok := b.images[name]; !ok && name != "" {
		b.images[name] = f.Path
	}
}

func (b *builds) kustomization(f *source.File, n *document.Node) {
	k := &kustomization{file: f, dir: path.Dir(f.Path)}
	for _, key := range []string{"resources", "bases"} {
		for _, item := range items(n.Get(key)) {
			k.resources = append(k.resources, path.Join(k.dir, text(item)))
		}
	}
	b.helm = b.helm || n.Get("helmCharts") != nil || n.Get("helmChartInflationGenerator") != nil
	for _, item := range items(n.Get("components")) {
		k.components = append(k.components, path.Join(k.dir, text(item)))
	}
	for _, item := range items(n.Get("images")) {
		b.image(text(item.Get("name")), f)
	}
	for _, item := range items(n.Get("secretGenerator")) {
		if name := text(item.Get("name")); name != "" {
			b.secrets[name] = true
		}
	}
	for _, item := range items(n.Get("replicas")) {
		k.changes = append(k.changes, change{name: text(item.Get("name")), exact: true, paths: map[string]bool{"spec": true, "spec.replicas": true}})
	}
	for _, item := range items(n.Get("patchesStrategicMerge")) {
		b.patch(k, text(item), nil)
	}
	for _, key := range []string{"patches", "patchesJson6902"} {
		for _, item := range items(n.Get(key)) {
			b.patch(k, text(item.Get("path")), item.Get("target"))
			b.patch(k, text(item.Get("patch")), item.Get("target"))
		}
	}
	b.all[k.dir] = k
}

// patch takes in a patch that is given as a file or inline.
func (b *builds) patch(k *kustomization, patch string, target *document.Node) {
	if patch == "" {
		return
	}
	f := source.NewFile(k.file.Path, []byte(patch))
	if !strings.Contains(patch, "\n") && !strings.Contains(patch, ": ") {
		name := path.Join(k.dir, patch)
		b.patchFiles[name] = true
		if f = b.read(name); f == nil {
			return
		}
	}
	chunks, _ := yamltree.Split(f)
	for i := range chunks {
		roots, _ := chunks[i].Parse(options)
		for _, root := range roots {
			k.changes = append(k.changes, patchChange(root, target))
		}
	}
}

// read returns a file of the workspace, nil if there is none. A JSON patch is no
// manifest, so nobody has read it yet.
func (b *builds) read(name string) *source.File {
	if f, ok := b.files[name]; ok {
		return f
	}
	f, err := b.tree.Read(name, Limit)
	if err != nil {
		return nil
	}
	return f
}

// targeted returns a change without paths of what a patch's target selects.
func targeted(target *document.Node) change {
	c := change{kind: text(target.Get("kind")), name: text(target.Get("name")), paths: make(map[string]bool)}
	return c
}

// patchChange reads a strategic merge patch or the operations of a JSON patch.
func patchChange(root, target *document.Node) change {
	c := targeted(target)
	if root.Kind == document.Sequence {
		for _, op := range root.Items {
			var dotted string
			value := op.Get("value")
			for step := range strings.SplitSeq(strings.TrimPrefix(text(op.Get("path")), "/"), "/") {
				if _, err := strconv.Atoi(step); err == nil {
					continue // which item that is depends on the other patches
				}
				if step == "-" {
					dotted = itemPath(dotted, value)
					continue
				}
				step = strings.ReplaceAll(strings.ReplaceAll(step, "~1", "/"), "~0", "~")
				dotted = strings.TrimPrefix(dotted+"."+step, ".")
				c.paths[dotted] = true
			}
			if value != nil {
				c.add(value, dotted)
			}
		}
		return c
	}
	if target == nil {
		c.kind, c.name, c.exact = text(root.Get("kind")), text(root.Find("metadata", "name")), true
	}
	c.add(root, "")
	for _, identity := range []string{"apiVersion", "kind", "metadata.name", "metadata.namespace"} {
		delete(c.paths, identity)
	}
	return c
}

// add notes the keys below a node. Items of sequences that have no name are
// skipped over.
func (c *change) add(n *document.Node, prefix string) {
	for _, m := range n.Members {
		dotted := strings.TrimPrefix(prefix+"."+m.Key, ".")
		c.paths[dotted] = true
		c.add(m.Value, dotted)
	}
	for _, item := range n.Items {
		c.add(item, itemPath(prefix, item))
	}
}

// itemPath is the path of an item: that of its sequence, and its name in braces
// if it has one.
func itemPath(sequence string, item *document.Node) string {
	if name := text(item.Get("name")); name != "" && sequence != "" {
		return sequence + ".{" + name + "}"
	}
	return sequence
}

// changes reports whether the change is one of an object's. Names in a target
// are patterns, and those of an overlay may have a prefix or suffix.
func (c *change) changes(o *object) bool {
	if c.kind != "" && c.kind != o.kind {
		return false
	}
	if c.exact || c.name == "" || c.name == o.name {
		return c.name == "" || c.name == o.name
	}
	pattern, err := regexp.Compile("^(?:" + c.name + ")$")
	return err != nil || pattern.MatchString(o.name)
}

// resolve finds the objects that the kustomizations change.
func (b *builds) resolve(w *workspace) {
	byFile := make(map[string][]*object)
	for _, o := range w.objects {
		byFile[o.place.path] = append(byFile[o.place.path], o)
	}
	for _, dir := range slices.Sorted(maps.Keys(b.all)) {
		k := b.all[dir]
		changes := b.changesOf(k, make(map[string]bool))
		if len(changes) == 0 {
			continue
		}
		files := make(map[string]bool)
		b.reach(k, files, make(map[string]bool))
		for _, name := range slices.Sorted(maps.Keys(files)) {
			for _, o := range byFile[name] {
				b.complete(o, k, changes)
			}
		}
	}
}

func (b *builds) complete(o *object, k *kustomization, changes []change) {
	paths := make(map[string]bool)
	for i := range changes {
		if changes[i].changes(o) {
			maps.Copy(paths, changes[i].paths)
		}
	}
	if len(paths) > 0 {
		b.completed[o] = append(b.completed[o], completion{k.file.Path, paths})
	}
}

// changesOf returns the changes of a kustomization and its components.
func (b *builds) changesOf(k *kustomization, seen map[string]bool) []change {
	if k == nil || seen[k.dir] {
		return nil
	}
	seen[k.dir] = true
	changes := slices.Clone(k.changes)
	for _, dir := range k.components {
		changes = append(changes, b.changesOf(b.all[dir], seen)...)
	}
	return changes
}

// reach gathers the files that a kustomization is built of.
func (b *builds) reach(k *kustomization, files, seen map[string]bool) {
	if k == nil || seen[k.dir] {
		return
	}
	seen[k.dir] = true
	for _, name := range slices.Concat(k.resources, k.components) {
		if below := b.all[name]; below != nil {
			b.reach(below, files, seen)
		} else {
			files[name] = true
		}
	}
}

// inputs are the files that kustomizations are built of.
func (b *builds) inputs() map[string]bool {
	files := make(map[string]bool)
	for _, k := range b.all {
		for _, name := range k.resources {
			files[name] = true
		}
	}
	return files
}

// sets reports whether some kustomization sets a key of an object.
func (b *builds) sets(o *object, dotted string) bool {
	return slices.ContainsFunc(b.completed[o], func(c completion) bool { return c.paths[dotted] })
}

// entries lists what completes an object.
func (b *builds) entries(o *object) []any {
	var entries []any
	for _, c := range b.completed[o] {
		paths := []any{}
		for _, dotted := range slices.Sorted(maps.Keys(c.paths)) {
			paths = append(paths, dotted)
		}
		entries = append(entries, map[string]any{"file": c.file, "paths": paths})
	}
	return entries
}
