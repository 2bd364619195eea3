package terraform

import (
	"context"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
)

// Assemble evaluates the roots of a workspace and returns one group with a
// document per resource instance and module call. Modules that a root calls
// are judged through the call.
func Assemble(ctx context.Context, tree *source.Tree, base string, artifacts []*document.Artifact) ([]document.Group, []finding.Notice) {
	n := &notices{}
	l := newLoader(tree, artifacts, n)
	a := &assembly{
		ctx: ctx, loader: l, base: base, checked: map[*source.File]bool{}, refs: map[string]*document.Document{},
		inventory: newInventory(), roots: map[string]any{},
	}
	dirs := map[string]bool{}
	for _, artifact := range artifacts {
		switch syntax := artifact.Syntax.(type) {
		case *file:
			a.checked[artifact.File] = true
			dirs[path.Dir(artifact.File.Path)] = true
		case *wrapper:
			a.wrappers = append(a.wrappers, syntax)
		}
	}
	for _, dir := range l.roots(slices.Sorted(maps.Keys(dirs))) {
		if ctx.Err() != nil {
			n.add(finding.Notice{Message: "terraform: stopped before all roots were evaluated", Incomplete: true})
			break
		}
		if m := l.module(dir); m != nil {
			a.root(m)
		}
	}
	a.sayWhatIsLeftOut()
	if len(a.documents) == 0 {
		return nil, n.list
	}
	return []document.Group{{
		Documents: a.documents,
		Refs:      a.refs,
		Data: map[string]any{"inventory": map[string]any{"terraform": map[string]any{
			"by_kind": a.inventory.byKind, "by_target": a.inventory.byTarget, "roots": a.roots,
		}}},
	}}, n.list
}

// An assembly gathers what the roots of a workspace yield.
type assembly struct {
	ctx       context.Context
	loader    *loader
	base      string
	checked   map[*source.File]bool // files whose resources are judged
	documents []*document.Document
	refs      map[string]*document.Document
	inventory inventory
	roots     map[string]any
	wrappers  []*wrapper
	wrapped   []*root // those that Terragrunt runs
	dangling  []*file // of values
	remote    []unresolvedCall
}

// A root is a directory that is applied by itself.
type root struct {
	dir, base string
	module    *module
	wrapped   bool // Terragrunt runs it
}

// A target is a root with one set of variable values.
type target struct {
	root            *root
	name            string // of the file of values, "" without one
	variableProfile string
	refs            map[string]*document.Document

	incomplete bool
	unresolved []unresolvedCall
	count      int
}

// An unresolvedCall is a call of a module that is not in the workspace.
type unresolvedCall struct {
	address, source string
	call            *block
	references      []any
}

// root evaluates a root under every set of values it may have.
func (a *assembly) root(m *module) {
	r := &root{dir: m.dir, base: a.base, module: m, wrapped: a.isWrapped(m.dir)}
	if r.wrapped {
		a.wrapped = append(a.wrapped, r)
	}
	files := a.loader.variableFiles(m.dir)
	targets := files.others
	if len(targets) == 0 {
		targets = []string{""}
	}
	var all []*target
	for _, name := range targets {
		all = append(all, a.target(r, files.automatic, name))
	}
	a.describe(r, files, all)
}

// target evaluates a root under one set of values.
func (a *assembly) target(r *root, automatic []string, name string) *target {
	t := &target{root: r, name: stem(name), refs: a.refs, incomplete: r.module.incomplete}
	if name == "" {
		t.name = ""
	}
	supplied := map[string]*argument{}
	e := newEvaluator(a.ctx, a.loader, r.dir, supplied)
	e.wrapped, e.generated = r.wrapped, r.wrapped
	var dangling []*file
	for _, file := range append(slices.Clone(automatic), name) {
		if file == "" {
			continue
		}
		f := a.loader.file(file)
		if f == nil || f.broken { // what it would have set is not known
			e.wrapped = true
			if f != nil && f.dangling {
				dangling = append(dangling, f)
			}
			continue
		}
		for _, value := range f.body.arguments {
			supplied[value.name] = value
		}
	}
	top := e.instance(r.module)
	t.variableProfile = a.rootProfile(top)
	a.walk(t, top)
	if e.budget.steps < 0 {
		a.loader.notices.add(finding.Notice{
			Location:   source.Location{File: r.module.files[0].source},
			Message:    "evaluate root: it takes too long, what is left of it is taken for unknown",
			Incomplete: true,
		})
	}
	a.dangling = append(a.dangling, dangling...)
	for _, c := range t.unresolved {
		if _, local := localSource(".", c.call); !local { // that a local one is missing has been said
			a.remote = append(a.remote, c)
		}
	}
	return t
}

// walk writes the documents of a module instance and all below it.
func (a *assembly) walk(t *target, i *instance) {
	t.incomplete = t.incomplete || i.module.incomplete
	for _, b := range i.module.order {
		for _, m := range i.expand(b).members {
			if a.ctx.Err() != nil {
				return
			}
			if t.count++; t.count > maxDocuments {
				a.loader.notices.add(finding.Notice{
					Location: b.place(), Message: fmt.Sprintf("evaluate root: it has more than %d resources, the rest is not judged", maxDocuments), Incomplete: true,
				})
				return
			}
			d := t.resourceDocument(i, b, m)
			a.take(t, d)
			if b.kind != "module" {
				continue
			}
			if child := i.child(b, m); child != nil {
				a.walk(t, child)
				continue
			}
			t.unresolved = append(t.unresolved, unresolvedCall{
				address: d.Root.Get("configuration").Text, source: callSource(b), call: b, references: referencedAddresses(d.Root),
			})
		}
	}
}

// take adds a document to the inventory, and to what is judged if it stands in
// a file that the user asked about.
func (a *assembly) take(t *target, d *document.Document) {
	a.inventory.add(t, d)
	a.refs[d.Root.Get("ref").Text] = d
	if a.checked[d.File] {
		a.documents = append(a.documents, d)
	}
}

// referencedAddresses lists what a module call is given.
func referencedAddresses(root *document.Node) []any {
	found := map[string]bool{}
	for _, entry := range root.Get("references").Items {
		for _, to := range entry.Get("to").Items {
			found[to.Text] = true
		}
	}
	list := []any{}
	for _, address := range slices.Sorted(maps.Keys(found)) {
		list = append(list, address)
	}
	return list
}

// describe enters a root into the inventory.
func (a *assembly) describe(r *root, files variableFiles, targets []*target) {
	kind := "library"
	if len(files.automatic)+len(files.others)+len(r.module.providers) > 0 || r.module.hasState() {
		kind = "deployment"
	}
	incomplete, unresolved := false, []any{}
	for _, t := range targets {
		incomplete = incomplete || t.incomplete
		for _, c := range t.unresolved {
			unresolved = append(unresolved, map[string]any{"address": c.address, "source": c.source, "references": c.references, "target": t.name})
		}
	}
	required := map[string]any{}
	for _, settings := range r.module.settings {
		for _, block := range settings.nested("required_providers") {
			for _, p := range block.arguments {
				required[p.name] = map[string]any{"version": r.module.required(p.name)}
			}
		}
	}
	a.roots[r.dir] = map[string]any{
		"kind": kind, "remote_variables": r.module.hasCloud(), "example": isExample(below(a.base, r.dir)), "incomplete": incomplete,
		"unresolved_modules": unresolved, "required_providers": required,
	}
}

// hasState reports whether a module says where its state is kept.
func (m *module) hasState() bool {
	return slices.ContainsFunc(m.settings, func(b *block) bool {
		return len(b.nested("backend"))+len(b.nested("cloud")) > 0
	})
}

// hasCloud reports whether a service keeps the root's variables, where they
// usually get other values than their defaults.
func (m *module) hasCloud() bool {
	return slices.ContainsFunc(m.settings, func(b *block) bool {
		remote := slices.ContainsFunc(b.nested("backend"), func(n *block) bool { return n.label(0) == "remote" })
		return remote || len(b.nested("cloud")) > 0
	})
}

// variableFiles are the files of values of a root: those that Terraform loads
// by itself, in its order, and those that somebody names on the command line.
type variableFiles struct{ automatic, others []string }

// variableFolders are the folders beside a root in which its files of values
// are kept.
var variableFolders = []string{"env", "envs", "environment", "environments", "vars", "tfvars", "variables", "config"}

func (l *loader) variableFiles(dir string) variableFiles {
	var files variableFiles
	if l.tree == nil {
		return files
	}
	var auto []string
	for _, name := range l.values(dir) {
		base := path.Base(name)
		switch {
		case base == "terraform.tfvars" || base == "terraform.tfvars.json":
			files.automatic = append(files.automatic, name)
		case strings.HasSuffix(base, ".auto.tfvars") || strings.HasSuffix(base, ".auto.tfvars.json"):
			auto = append(auto, name)
		default:
			files.others = append(files.others, name)
		}
	}
	files.automatic = append(files.automatic, auto...)
	for _, folder := range variableFolders {
		files.others = append(files.others, l.values(path.Join(dir, folder))...)
	}
	return files
}

// values lists the files of values in a directory in name order.
func (l *loader) values(dir string) []string {
	entries, err := l.tree.ReadDir(dir)
	if err != nil { // most roots have no such folder
		return nil
	}
	var names []string
	for _, entry := range entries {
		if isVariableFile(entry.Name()) && !entry.IsDir() && !strings.HasPrefix(entry.Name(), ".") {
			names = append(names, path.Join(dir, entry.Name()))
		}
	}
	return names
}
