package reach

import (
	"maps"
	"slices"
	"strings"

	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// A whole is a program with all packages of the user's that it is made of.
type whole struct {
	funcs   map[string]*part
	entries []string
	types   map[string]typeMethods // by name
}

// A part is a function of a program.
type part struct {
	calls, commands []string
	invokes         []invoked
	makes           []string
	span            shutdown.Site
}

type invoked struct {
	method     string
	interfaces []string // names of all methods of the interface
}

// typeMethods are the methods of one type: IDs by name.
type typeMethods map[string]string

// newWhole puts graphs together.
func newWhole(graphs []*Graph) *whole {
	w := &whole{funcs: make(map[string]*part), types: make(map[string]typeMethods)}
	for _, g := range graphs {
		for i := range g.Funcs {
			f := &g.Funcs[i]
			p := &part{span: f.Span}
			for _, n := range f.Calls {
				p.calls = append(p.calls, g.Names[n])
			}
			for _, n := range f.Commands {
				p.commands = append(p.commands, g.Names[n])
			}
			for _, n := range f.Invokes {
				p.invokes = append(p.invokes, invoked{g.Names[n.Method], strings.Fields(g.Names[n.Interface])})
			}
			for _, n := range f.Makes {
				p.makes = append(p.makes, g.Names[n])
			}
			id := g.Names[f.ID]
			w.funcs[id] = p
			if strings.HasSuffix(id, initSuffix) {
				w.entries = append(w.entries, id)
			}
		}
		for _, t := range g.Types {
			methods := make(typeMethods, len(t.Methods))
			for _, m := range t.Methods {
				methods[g.Names[m.Name]] = g.Names[m.ID]
			}
			w.types[g.Names[t.Name]] = methods
		}
	}
	return w
}

// serves reports whether a part of a program serves.
func (w *whole) serves(id string, program *shutdown.Program) bool {
	p := w.funcs[id]
	if p == nil || p.span == (shutdown.Site{}) {
		return program.ServesIn(id)
	}
	return program.ServesWithin(p.span) || slices.ContainsFunc(p.calls, program.ServesIn) ||
		slices.ContainsFunc(p.commands, func(to string) bool { return w.serves(to, program) })
}

// reached returns what functions lead to; commands tells the commands that are
// followed. A call through an interface reaches the methods of the types of
// which something reached makes values.
func (w *whole) reached(entries []string, commands func(id string) bool) map[string]bool {
	r := &reaching{whole: w, seen: make(map[string]bool), made: make(map[string]bool), called: make(map[string]bool), queue: slices.Clone(entries)}
	for len(r.queue) > 0 {
		id := r.queue[len(r.queue)-1]
		r.queue = r.queue[:len(r.queue)-1]
		p := w.funcs[id]
		if p == nil || r.seen[id] {
			continue
		}
		r.seen[id] = true
		r.queue = append(r.queue, p.calls...)
		for _, to := range p.commands {
			if commands(to) {
				r.queue = append(r.queue, to)
			}
		}
		r.dispatch(p)
	}
	return r.seen
}

// A reaching is a search through a program.
type reaching struct {
	*whole
	queue  []string
	seen   map[string]bool
	made   map[string]bool // types
	types  []typeMethods   // that are made
	called map[string]bool // calls through interfaces
	calls  []invoked
}

// dispatch follows the calls through interfaces that a function adds, by itself
// or by the types that it makes.
func (r *reaching) dispatch(p *part) {
	for _, name := range p.makes {
		t := r.whole.types[name]
		if t == nil || r.made[name] {
			continue
		}
		r.made[name] = true
		r.types = append(r.types, t)
		for _, call := range r.calls {
			r.meet(t, call)
		}
	}
	for _, call := range p.invokes {
		if r.called[call.key()] {
			continue
		}
		r.called[call.key()] = true
		r.calls = append(r.calls, call)
		for _, t := range r.types {
			r.meet(t, call)
		}
	}
}

// meet follows a call through an interface to the method of a type, if the type
// has all that the interface asks for.
func (r *reaching) meet(t typeMethods, call invoked) {
	if !slices.ContainsFunc(call.interfaces, func(name string) bool { return t[name] == "" }) {
		r.queue = append(r.queue, t[call.method])
	}
}

func (call invoked) key() string { return call.method + " " + strings.Join(call.interfaces, " ") }

// Serving returns the functions, by ID, that a program runs while it serves: the
// initializers of its packages and function main, and what they lead to, the
// commands that do not serve left out. It is empty if the package at hand is no
// program or no service.
func (r *Result) Serving(program *shutdown.Program) map[string]bool {
	if r.Main == nil || program == nil || !program.Serves() {
		return nil
	}
	w := r.whole()
	return w.reached(append(slices.Clone(w.entries), r.Main.ID), func(id string) bool { return w.serves(id, program) })
}

// Running returns the functions, by ID, that the program at hand may run, with
// all its commands. It is empty if the package at hand is no program.
func (r *Result) Running() map[string]bool {
	if r.Main == nil {
		return nil
	}
	w := r.whole()
	return w.reached(append(slices.Clone(w.entries), r.Main.ID), func(string) bool { return true })
}

func (r *Result) whole() *whole {
	r.once.Do(func() { r.program = newWhole(r.graphs) })
	return r.program
}

func sorted(names map[string]bool) []string { return slices.Sorted(maps.Keys(names)) }

// From returns the functions, by ID, that one of them leads to, itself included.
// It is empty if the package at hand is no program.
func (r *Result) From(id string) map[string]bool {
	if r.Main == nil {
		return nil
	}
	return r.whole().reached([]string{id}, func(string) bool { return true })
}
