package reach

import (
	"cmp"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// A Graph is the fact of a package of the user's: its functions and whom they
// refer to. Numbers are indexes of Names, since names repeat and are long.
type Graph struct {
	Names []string // sorted
	Funcs []Func   // ordered by ID
	Types []Type   // the types that have methods, ordered by name
}

// A Func is a [Node] as another package sees it.
type Func struct {
	ID int
	// Calls are the functions that it refers to, Commands those of them that
	// are what a command does, or a branch that ends the process.
	Calls, Commands []int
	// Invokes are the methods that it calls through interfaces.
	Invokes []Invoke
	// Makes are the types of the user's packages that it makes values of.
	Makes []int
	// Span is where a branch lies that ends the process, else empty.
	Span shutdown.Site
}

// An Invoke is a call through an interface: the name of the method and those of
// all methods of the interface, joined by spaces.
type Invoke struct{ Method, Interface int }

// A Type is a type with the method set of it and of pointers to it, ordered by
// name.
type Type struct {
	Name    int
	Methods []Method
}

// A Method is a method of a type: its name, and its ID.
type Method struct{ Name, ID int }

// AFact marks Graph as a fact.
func (*Graph) AFact() {}

func (g *Graph) String() string { return strings.Join(g.Names, " ") }

// graph makes the fact of the package at hand.
func (b *builder) graph() *Graph {
	g := &Graph{Names: b.allNames()}
	numbers := make(map[string]int, len(g.Names))
	for i, name := range g.Names {
		numbers[name] = i
	}
	for _, n := range b.all() {
		f := Func{ID: numbers[n.ID]}
		for _, call := range n.Calls {
			if call.Command {
				f.Commands = append(f.Commands, numbers[call.ID()])
			} else {
				f.Calls = append(f.Calls, numbers[call.ID()])
			}
		}
		for _, fn := range n.invokes {
			f.Invokes = append(f.Invokes, Invoke{numbers[fn.Name()], numbers[methodNames(fn)]})
		}
		for t := range n.makes {
			f.Makes = append(f.Makes, numbers[typeID(t)])
		}
		slices.Sort(f.Makes)
		if n.Ending {
			f.Span = b.Span(n)
		}
		slices.Sort(f.Calls)
		slices.Sort(f.Commands)
		slices.SortFunc(f.Invokes, compareInvokes)
		f.Invokes = slices.Compact(f.Invokes)
		g.Funcs = append(g.Funcs, f)
	}
	slices.SortFunc(g.Funcs, func(a, b Func) int { return cmp.Compare(a.ID, b.ID) })
	for _, t := range b.declared() {
		if methods := methodsOf(t.Type()); len(methods) > 0 {
			known := Type{Name: numbers[typeID(t)]}
			for _, fn := range methods {
				known.Methods = append(known.Methods, Method{numbers[fn.Name()], numbers[ID(fn)]})
			}
			g.Types = append(g.Types, known)
		}
	}
	slices.SortFunc(g.Types, func(a, b Type) int { return cmp.Compare(a.Name, b.Name) })
	return g
}

func compareInvokes(a, b Invoke) int {
	return cmp.Or(cmp.Compare(a.Method, b.Method), cmp.Compare(a.Interface, b.Interface))
}

// all lists the nodes of the package, its initializers first.
func (r *Result) all() []*Node { return append([]*Node{r.Init}, r.Nodes...) }

// allNames lists every name that the fact mentions, sorted.
func (b *builder) allNames() []string {
	names := make(map[string]bool)
	for _, n := range b.all() {
		names[n.ID] = true
		for _, call := range n.Calls {
			names[call.ID()] = true
		}
		for _, fn := range n.invokes {
			names[fn.Name()], names[methodNames(fn)] = true, true
		}
		for t := range n.makes {
			names[typeID(t)] = true
		}
	}
	for _, t := range b.declared() {
		names[typeID(t)] = true
		for _, fn := range methodsOf(t.Type()) {
			names[fn.Name()], names[ID(fn)] = true, true
		}
	}
	return sorted(names)
}

// methodsOf lists the methods of a type and of pointers to it, promoted ones
// included.
func methodsOf(t types.Type) []*types.Func {
	var list []*types.Func
	set := types.NewMethodSet(types.NewPointer(t))
	for method := range set.Methods() {
		if fn, ok := method.Obj().(*types.Func); ok {
			list = append(list, fn)
		}
	}
	return list
}

// methodNames joins the names of all methods of the interface that a method
// belongs to.
func methodNames(fn *types.Func) string {
	iface := recvType(fn).Underlying().(*types.Interface)
	names := make([]string, iface.NumMethods())
	for i := range names {
		names[i] = iface.Method(i).Name()
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// graphsOf returns the graphs of the packages in sight but the one at hand.
func graphsOf(pass *analysis.Pass) []*Graph {
	var graphs []*Graph
	for _, f := range pass.AllPackageFacts() {
		if g, ok := f.Fact.(*Graph); ok && f.Package != pass.Pkg {
			graphs = append(graphs, g)
		}
	}
	return graphs
}
