package terraform

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
)

// A module is a directory of configuration, its override files merged in.
type module struct {
	dir   string
	files []*file

	variables, locals, outputs map[string]*block // a local's block has one argument, "value"
	managed, data, calls       map[string]*block // by "type.name"; a call by its name
	order                      []*block          // managed resources and calls in the order of files
	providers, settings        []*block
	// incomplete: a file is broken, so what seems to be absent may stand there.
	incomplete bool
}

// A loader finds the modules of a workspace. Files that the caller has parsed
// are taken from there; files beside them and modules outside what is to be
// checked are read from the tree, as context.
type loader struct {
	tree    *source.Tree
	known   map[string]*file
	beside  map[string][]string // names of the known files by directory
	modules map[string]*module
	notices *notices
}

func newLoader(tree *source.Tree, artifacts []*document.Artifact, n *notices) *loader {
	l := &loader{tree: tree, known: map[string]*file{}, beside: map[string][]string{}, modules: map[string]*module{}, notices: n}
	for _, a := range artifacts {
		if f, ok := a.Syntax.(*file); ok {
			l.known[a.File.Path] = f
			dir, name := path.Dir(a.File.Path), path.Base(a.File.Path)
			l.beside[dir] = append(l.beside[dir], name)
		}
	}
	return l
}

// module returns the module in a directory, nil if there is no configuration.
func (l *loader) module(dir string) *module {
	if m, ok := l.modules[dir]; ok {
		return m
	}
	var files []*file
	for _, name := range l.names(dir) {
		if f := l.file(path.Join(dir, name)); f != nil {
			files = append(files, f)
		}
	}
	var m *module
	if len(files) > 0 {
		m = newModule(dir, files, l.notices)
	}
	l.modules[dir] = m
	return m
}

// names lists the configuration files of a directory. With OpenTofu x.tofu
// takes the place of x.tf.
func (l *loader) names(dir string) []string {
	found := map[string]bool{}
	for _, name := range l.beside[dir] {
		found[name] = true
	}
	if l.tree != nil {
		// A directory that cannot be listed has only the files we were given.
		entries, _ := l.tree.ReadDir(dir)
		for _, entry := range entries {
			if name := entry.Name(); isConfiguration(name) && !entry.IsDir() {
				found[name] = true
			}
		}
	}
	var names []string
	for name := range found {
		tofu := strings.Replace(name, ".tf", ".tofu", 1)
		if strings.HasSuffix(name, ".tf") || strings.HasSuffix(name, ".tf.json") {
			if found[tofu] {
				continue
			}
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// file returns a parsed file, reading it if need be; nil if it is not readable
// or not Terraform's.
func (l *loader) file(name string) *file {
	if f, ok := l.known[name]; ok {
		return f
	}
	l.known[name] = nil
	if l.tree == nil {
		return nil
	}
	content, err := l.tree.Read(name, Limit)
	if err != nil {
		if isDirectory(l.tree, name) {
			return nil
		}
		empty := source.NewFile(name, nil)
		if isVariableFile(name) && errors.Is(err, fs.ErrNotExist) {
			l.known[name] = &file{source: empty, body: &block{file: empty}, broken: true, dangling: true}
			return l.known[name]
		}
		l.notices.add(finding.Notice{Location: source.Location{File: empty}, Message: "cannot be read: " + cause(err), Incomplete: true})
		l.known[name] = &file{source: empty, body: &block{file: empty}, broken: true}
		return l.known[name]
	}
	if !isVariableFile(name) && !Recognise(content) {
		return nil
	}
	f, _, notices := parse(content)
	for _, n := range notices {
		l.notices.add(n)
	}
	l.known[name] = f
	return f
}

// cause is why a file cannot be read, without its path.
func cause(err error) string {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err.Error()
	}
	return err.Error()
}

func isDirectory(tree *source.Tree, name string) bool {
	info, err := tree.Stat(name)
	return err == nil && info.IsDir()
}

// isVariableFile reports whether a file holds values for a root's variables.
func isVariableFile(name string) bool {
	return strings.HasSuffix(name, ".tfvars") || strings.HasSuffix(name, ".tfvars.json")
}

// isOverride reports whether a file is merged over the others.
func isOverride(name string) bool {
	stem, _, _ := strings.Cut(path.Base(name), ".")
	return stem == "override" || strings.HasSuffix(stem, "_override")
}

func newModule(dir string, files []*file, n *notices) *module {
	m := &module{
		dir: dir, files: files,
		variables: map[string]*block{}, locals: map[string]*block{}, outputs: map[string]*block{},
		managed: map[string]*block{}, data: map[string]*block{}, calls: map[string]*block{},
	}
	for _, f := range files {
		m.incomplete = m.incomplete || f.broken
		if !isOverride(f.source.Path) {
			for _, b := range f.body.blocks {
				m.add(b, n)
			}
		}
	}
	for _, f := range files {
		if isOverride(f.source.Path) {
			for _, b := range f.body.blocks {
				m.override(b, n)
			}
		}
	}
	return m
}

// table returns where blocks of that kind are kept and under which name, nil
// for blocks that have no name of their own.
func (m *module) table(b *block) (map[string]*block, string) {
	switch b.kind {
	case "variable":
		return m.variables, b.label(0)
	case "output":
		return m.outputs, b.label(0)
	case "module":
		return m.calls, b.label(0)
	case "resource":
		return m.managed, b.label(0) + "." + b.label(1)
	case "data", "ephemeral":
		return m.data, b.label(0) + "." + b.label(1)
	}
	return nil, ""
}

// add takes up a block of an ordinary file.
func (m *module) add(b *block, n *notices) {
	switch b.kind {
	case "locals":
		for _, a := range b.arguments {
			m.local(a)
		}
		return
	case "provider":
		m.providers = append(m.providers, b)
		return
	case "terraform":
		m.settings = append(m.settings, b)
		return
	}
	table, name := m.table(b)
	if table == nil {
		return
	}
	if first := table[name]; first != nil {
		n.add(finding.Notice{
			Location: source.Location{File: b.file, Range: b.header},
			Message:  "there is a second " + strings.TrimSpace(b.kind+" "+strings.Join(b.labels, ".")) + " in this module; references mean the first",
		})
	} else {
		table[name] = b
	}
	if b.kind == "resource" || b.kind == "module" {
		m.order = append(m.order, b)
	}
}

func (m *module) local(a *argument) {
	m.locals[a.name] = &block{kind: "locals", file: a.file, header: a.key, extent: a.extent, arguments: []*argument{a}}
}

// override merges a block of an override file over the one it names.
func (m *module) override(b *block, n *notices) {
	switch b.kind {
	case "locals":
		for _, a := range b.arguments {
			m.local(a)
		}
		return
	case "provider", "terraform":
		m.overrideSettings(b)
		return
	}
	table, name := m.table(b)
	if table == nil {
		return
	}
	original := table[name]
	if original == nil {
		n.add(finding.Notice{
			Location: source.Location{File: b.file, Range: b.header},
			Message:  "the override has nothing to override: there is no such " + b.kind + " in this module",
		})
		return
	}
	merged := merge(original, b)
	table[name] = merged
	if i := slices.Index(m.order, original); i >= 0 {
		m.order[i] = merged
	}
}

func (m *module) overrideSettings(b *block) {
	list := &m.settings
	if b.kind == "provider" {
		list = &m.providers
	}
	for i, original := range *list {
		alias := func(b *block) string {
			if a := b.argument("alias"); a != nil {
				return a.file.Text(a.extent)
			}
			return ""
		}
		if original.label(0) == b.label(0) && alias(original) == alias(b) {
			(*list)[i] = merge(original, b)
			return
		}
	}
	*list = append(*list, b)
}

// merge lays one block over another: arguments one by one, nested blocks of a
// type as a set, lifecycle argument by argument.
func merge(original, over *block) *block {
	merged := *original
	merged.arguments = slices.Clone(original.arguments)
	for _, a := range over.arguments {
		if i := slices.IndexFunc(merged.arguments, func(o *argument) bool { return o.name == a.name }); i >= 0 {
			merged.arguments[i] = a
		} else {
			merged.arguments = append(merged.arguments, a)
		}
	}
	merged.blocks = nil
	replaced := map[string]bool{}
	for _, n := range over.blocks {
		replaced[blockType(n)] = true
	}
	for _, n := range original.blocks {
		switch {
		case n.kind == "lifecycle" && replaced["lifecycle"]:
			for _, o := range over.nested("lifecycle") {
				n = merge(n, o)
			}
			merged.blocks = append(merged.blocks, n)
		case !replaced[blockType(n)]:
			merged.blocks = append(merged.blocks, n)
		}
	}
	for _, n := range over.blocks {
		if n.kind != "lifecycle" || len(original.nested("lifecycle")) == 0 {
			merged.blocks = append(merged.blocks, n)
		}
	}
	return &merged
}

// blockType is the type of a nested block, of a dynamic one that of its content.
func blockType(b *block) string {
	if b.kind == "dynamic" {
		return b.label(0)
	}
	return b.kind
}

// source returns the literal source of a module call.
func callSource(call *block) string {
	a := call.argument("source")
	if a == nil {
		return ""
	}
	v, diagnostics := a.expr.Value(nil)
	if diagnostics.HasErrors() || !isString(v) {
		return ""
	}
	return v.AsString()
}

// localSource returns the directory that a call of a local module names.
func localSource(dir string, call *block) (string, bool) {
	s := callSource(call)
	if !strings.HasPrefix(s, "./") && !strings.HasPrefix(s, "../") && s != "." && s != ".." {
		return "", false
	}
	return path.Join(dir, s), true
}

// roots returns the directories that are applied by themselves: those that no
// other one calls. In a circle of calls the first by name is taken for a root.
func (l *loader) roots(dirs []string) []string {
	called := map[string]bool{}
	for _, dir := range dirs {
		for _, target := range l.calls(dir) {
			called[target] = called[target] || target != dir
		}
	}
	var roots []string
	reached := map[string]bool{}
	var reach func(dir string)
	reach = func(dir string) {
		if reached[dir] {
			return
		}
		reached[dir] = true
		for _, target := range l.calls(dir) {
			reach(target)
		}
	}
	for _, dir := range dirs {
		if !called[dir] {
			roots = append(roots, dir)
			reach(dir)
		}
	}
	for _, dir := range dirs {
		if !reached[dir] {
			roots = append(roots, dir)
			reach(dir)
		}
	}
	slices.Sort(roots)
	return roots
}

// calls returns the directories that a module calls.
func (l *loader) calls(dir string) []string {
	m := l.module(dir)
	if m == nil {
		return nil
	}
	var targets []string
	for _, b := range m.order {
		if target, ok := localSource(dir, b); ok && b.kind == "module" {
			targets = append(targets, target)
		}
	}
	return targets
}
