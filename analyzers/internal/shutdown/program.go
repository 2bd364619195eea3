package shutdown

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
)

// A Program is a package main with everything of the main module that it can
// reach.
type Program struct {
	path string
	// developing: its folder says that it runs only in development.
	developing bool
	funcs      map[string]*Func
	types      map[string]*Type
	graphs     map[string]*Graph // of the import closure, by path
	// aside are the functions of packages that matter for notes alone.
	aside map[string]bool
	// defaults are those of all packages, by key.
	defaults map[string]int64
	// Unseen says why parts of the program are out of sight, empty if none is.
	unseen string
	blocks map[string]bool // memo of blocksFor
	calls  map[string]map[int]bool

	once    sync.Once
	whole   *walk
	service *Service
	hosted  bool
	parts   map[string]bool // memo of ServesIn

	noting sync.Once
	notes  []Note

	splitting sync.Once
	common    *walk   // what comes before the commands
	commands  []*walk // each by itself

	draining sync.Once
	servers  []*Server
	drains   []*Drain
	ids      *identities
	loose    map[string]bool // see loosely
}

// newProgram puts the graphs of the import closure together.
func newProgram(pass *analysis.Pass, v *view) *Program {
	p := &Program{
		path:       pass.Pkg.Path(),
		developing: developing(pass),
		funcs:      make(map[string]*Func),
		types:      make(map[string]*Type),
		graphs:     make(map[string]*Graph),
		aside:      make(map[string]bool),
		defaults:   make(map[string]int64),
		blocks:     make(map[string]bool),
		calls:      make(map[string]map[int]bool),
	}
	var missing, trappers []string
	var add func(path string)
	add = func(path string) {
		if _, done := p.graphs[path]; done || path == "unsafe" || path == "C" {
			return
		}
		if f := v.foreign[path]; f != nil {
			trappers = append(trappers, f.Trappers...)
			return
		}
		g := v.graphs[path]
		if g == nil {
			missing = append(missing, path)
			return
		}
		p.graphs[path] = g
		for _, f := range g.Funcs {
			p.funcs[f.ID] = f
			if g.Noted {
				p.aside[f.ID] = true
			}
		}
		for _, d := range g.Defaults {
			p.defaults[d.Key] = d.Value
		}
		for i := range g.Types {
			p.addType(&g.Types[i])
		}
		for _, imported := range g.Imports {
			add(imported)
		}
	}
	add(p.path)
	switch {
	case len(missing) > 0:
		p.unseen = "package " + slices.Min(missing) + " could not be analysed"
	case len(trappers) > 0:
		p.unseen = "package " + slices.Min(trappers) + " of a dependency uses os/signal and may trap SIGTERM"
	}
	return p
}

// developing reports whether a program lies in a folder, below the root of its
// module, for what helps in development.
func developing(pass *analysis.Pass) bool {
	module := ""
	if pass.Module != nil {
		module = pass.Module.Path
	}
	rest, _ := relative(module, pass.Pkg.Path())
	return slices.ContainsFunc(strings.Split(rest, "/"), func(name string) bool { return helping[name] })
}

var helping = set("dev", "devel", "hack", "script", "scripts", "test", "tests", "testing", "e2e", "integration",
	"bench", "benchmark", "benchmarks", "fixtures", "mock", "mocks", "sample", "samples", "demo", "demos", "docs")

// addType adds a type; of a dependency's, each package knows what it uses.
func (p *Program) addType(t *Type) {
	known := p.types[t.Name]
	if known == nil {
		p.types[t.Name] = &Type{Name: t.Name, Methods: slices.Clone(t.Methods), All: t.All}
		return
	}
	for _, m := range t.Methods {
		if !slices.Contains(known.Methods, m) {
			known.Methods = append(known.Methods, m)
		}
	}
}

// has reports whether a type has methods of all these names.
func (t *Type) has(names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { _, ok := slices.BinarySearch(t.All, name); return !ok })
}

// entries are the functions that a program starts with, in order.
func (p *Program) entries() []*Func {
	var entries []*Func
	for _, path := range slices.Sorted(maps.Keys(p.graphs)) {
		for _, f := range p.graphs[path].Funcs {
			if name, ok := strings.CutPrefix(f.ID, path+".init"); ok && (name == "" || strings.HasPrefix(name, "#")) && !strings.Contains(name, "$") {
				entries = append(entries, f)
			}
		}
	}
	if f := p.funcs[p.path+".main"]; f != nil {
		entries = append(entries, f)
	}
	return entries
}

// always reports whether calling a function means that the caller is held for
// as long as something serves, or for ever.
func (p *Program) always(id string) bool {
	held, known := p.blocks[id]
	if known {
		return held
	}
	p.blocks[id] = false // a cycle of calls holds nobody by itself
	f := p.funcs[id]
	if f == nil || len(f.Blocks) == 0 || p.aside[id] {
		return false
	}
	held = true
	p.flow(f, func(block *Block, live bool) {
		if live && block.Returns {
			held = false
		}
	}, nil)
	p.blocks[id] = held
	return held
}

// holds reports whether control stays at an operation for as long as something
// serves.
func (p *Program) holds(op *Op) bool {
	switch {
	case op.Mode != plain:
		return false
	case op.Kind == opSink:
		return !op.Loop || op.Text == "select{}"
	case op.Kind == opCall:
		return p.always(op.Func)
	}
	return false
}

// flow visits the operations of a function in the order of control flow and
// says of each whether it is live: reached before anything that holds control.
// The end of a block is reported too.
func (p *Program) flow(f *Func, end func(*Block, bool), visit func(op *Op, live bool)) {
	const unreached, late, reached = 0, 1, 2
	state := make([]int, len(f.Blocks))
	if len(f.Blocks) == 0 {
		return
	}
	state[0] = reached
	held := make([]bool, len(f.Blocks))
	for i := range f.Blocks {
		held[i] = slices.ContainsFunc(f.Blocks[i].Ops, func(op Op) bool { return p.holds(&op) })
	}
	for queue := []int{0}; len(queue) > 0; {
		i := queue[0]
		queue = queue[1:]
		next := state[i]
		if held[i] {
			next = late
		}
		for _, succ := range f.Blocks[i].Succs {
			if state[succ] < next {
				state[succ] = next
				queue = append(queue, succ)
			}
		}
	}
	for i := range f.Blocks {
		if state[i] == unreached {
			continue // the block of a recover
		}
		live := state[i] == reached
		for j := range f.Blocks[i].Ops {
			op := &f.Blocks[i].Ops[j]
			if visit != nil {
				visit(op, live)
			}
			live = live && !p.holds(op)
		}
		if end != nil {
			end(&f.Blocks[i], live)
		}
	}
}

// callsParam reports whether a function calls its parameter itself, so that how
// a function value is called is known from there.
func (p *Program) callsParam(id string, index int) bool {
	known, ok := p.calls[id]
	if !ok {
		known = make(map[int]bool)
		for _, f := range p.funcs {
			if f.ID != id && !strings.HasPrefix(f.ID, id+"$") {
				continue
			}
			for _, block := range f.Blocks {
				for _, op := range block.Ops {
					for i := 0; op.Kind == opParam && i < maxParams; i++ {
						known[i] = known[i] || op.Keys[0] == paramKey(id, i)
					}
				}
			}
		}
		p.calls[id] = known
	}
	return known[index]
}

// maxParams is how many parameters are looked at.
const maxParams = 16

// loosely returns every function that might be called in any way: what is
// called or taken as a value, and every method of that name when one is called
// through an interface or its type is put behind one.
func (p *Program) loosely() map[string]bool {
	reached := make(map[string]bool)
	var queue []*Func
	reach := func(id string) {
		if f := p.funcs[id]; f != nil && !reached[id] {
			reached[id] = true
			queue = append(queue, f)
		}
	}
	for _, f := range p.entries() {
		reach(f.ID)
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, block := range queue[0].Blocks {
			for _, op := range block.Ops {
				switch op.Kind {
				case opCall, opRef:
					reach(op.Func)
				case opConvert:
					if t := p.types[op.Func]; t != nil {
						for _, m := range t.Methods {
							reach(m.Func)
						}
					}
				case opInvoke:
					for _, t := range p.types {
						for _, m := range t.Methods {
							if m.Name == op.Func && t.has(op.Methods) {
								reach(m.Func)
							}
						}
					}
				}
			}
		}
	}
	return reached
}
