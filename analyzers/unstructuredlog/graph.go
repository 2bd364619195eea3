package unstructuredlog

import (
	"go/types"
	"slices"
	"strings"

	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// A Fact is what the functions of a package do to the log and whom they call,
// as far as it leads to functions that do something to it.
type Fact struct {
	Funcs []Func // ordered by ID
}

// A Func is a function of the program: see [reach.Node].
type Func struct {
	ID     string
	Events []Event
	Calls  []Callee
	// Span is where a branch lies that ends the process, else empty. What it
	// calls is complete, so that one can tell whether it serves.
	Span shutdown.Site
}

// A Callee is a function that another one refers to.
type Callee struct {
	ID string
	// Command: see [reach.Call].
	Command bool
}

// AFact marks Fact as a fact.
func (*Fact) AFact() {}

func (f *Fact) String() string {
	ids := make([]string, len(f.Funcs))
	for i, fn := range f.Funcs {
		ids[i] = fn.ID
	}
	return strings.Join(ids, " ")
}

// funcs lists the functions of the package at hand that do something to the log
// or call one that does; those of other packages are told by leads.
func (g *gatherer) funcs(leads func(call reach.Call) bool) []Func {
	nodes := append([]*reach.Node{g.graph.Init}, g.graph.Nodes...)
	matters := make(map[*reach.Node]bool)
	leading := func(call reach.Call) bool {
		if call.To != nil {
			return matters[call.To]
		}
		return leads(call)
	}
	for changed := true; changed; {
		changed = false
		for _, n := range nodes {
			if !matters[n] && (len(g.events[n]) > 0 || slices.ContainsFunc(n.Calls, leading)) {
				matters[n], changed = true, true
			}
		}
	}
	var list []Func
	for _, n := range nodes {
		if !matters[n] {
			continue
		}
		f := Func{ID: n.ID, Events: g.events[n]}
		if n.Ending {
			f.Span = g.graph.Span(n)
		}
		for _, call := range n.Calls {
			if n.Ending || leading(call) {
				f.Calls = append(f.Calls, Callee{call.ID(), call.Command})
			}
		}
		list = append(list, f)
	}
	slices.SortFunc(list, func(a, b Func) int { return strings.Compare(a.ID, b.ID) })
	return list
}

// export hands what the functions do to the packages that import this one.
func (g *gatherer) export() {
	known := make(map[*types.Package]*Fact)
	fact := func(pkg *types.Package) *Fact {
		f, ok := known[pkg]
		if !ok {
			f = new(Fact)
			g.pass.ImportPackageFact(pkg, f)
			known[pkg] = f
		}
		return f
	}
	funcs := g.funcs(func(call reach.Call) bool {
		_, found := slices.BinarySearchFunc(fact(call.Fn.Pkg()).Funcs, call.ID(), func(f Func, id string) int { return strings.Compare(f.ID, id) })
		return found
	})
	if len(funcs) > 0 {
		g.pass.ExportPackageFact(&Fact{Funcs: funcs})
	}
}

// reached lists what a service does to the log: its initializers and function
// main, and what they call, the commands that do not serve left out.
func (g *gatherer) reached(service *shutdown.Program) []Event {
	funcs := make(map[string]Func)
	var entries []string
	for _, f := range g.pass.AllPackageFacts() {
		if fact, ok := f.Fact.(*Fact); ok && f.Package != g.pass.Pkg {
			for _, fn := range fact.Funcs {
				funcs[fn.ID] = fn
			}
			entries = append(entries, reach.InitID(f.Package.Path()))
		}
	}
	for _, fn := range g.funcs(func(call reach.Call) bool { _, ok := funcs[call.ID()]; return ok }) {
		funcs[fn.ID] = fn
	}
	var serves func(id string) bool
	serves = func(id string) bool {
		fn := funcs[id]
		if fn.Span == (shutdown.Site{}) {
			return service.ServesIn(id)
		}
		return service.ServesWithin(fn.Span) || slices.ContainsFunc(fn.Calls, func(call Callee) bool { return serves(call.ID) })
	}
	var events []Event
	seen := make(map[string]bool)
	var visit func(id string)
	visit = func(id string) {
		fn, known := funcs[id]
		if !known || seen[id] {
			return
		}
		seen[id] = true
		events = append(events, fn.Events...)
		for _, call := range fn.Calls {
			if !call.Command || serves(call.ID) {
				visit(call.ID)
			}
		}
	}
	for _, id := range append(entries, g.graph.Init.ID, g.graph.Main.ID) {
		visit(id)
	}
	slices.SortFunc(events, Event.compare)
	return slices.CompactFunc(events, func(a, b Event) bool { return a.compare(b) == 0 })
}
