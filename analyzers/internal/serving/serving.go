// Package serving knows which functions a program of the module reaches and
// whether it is a service: a program that reaches a call that serves.
//
// [Analyzer] works on the syntax and hands its knowledge from package to package
// as a fact. It follows static calls, function values, closures, and methods of
// interfaces whose implementations are at hand; what is only reached in other
// ways is taken for not reached. A command of a command-line program (cobra,
// urfave/cli) counts only if it serves itself.
package serving

import (
	"cmp"
	"go/ast"
	"go/types"
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/judge"
)

// Analyzer yields a [*Result]. It reports nothing.
var Analyzer = &analysis.Analyzer{
	Name:       "opslintserving",
	Doc:        "find out what a program reaches and whether it serves",
	Run:        run,
	FactTypes:  []analysis.Fact{new(Fact)},
	ResultType: reflect.TypeFor[*Result](),
}

// A Fact lists the functions of a package that serve, by themselves or by what
// they call.
type Fact struct {
	Funcs  []string // see [ID]; sorted
	Surely []string // those that do by static calls alone; sorted
	Hosts  []string // those that hand the process to a host; sorted
}

// AFact marks Fact as a fact.
func (*Fact) AFact() {}

// A Node is a function as far as calls are concerned: a declared function with
// the literals in it, the function of a command, or the package's initializers.
type Node struct {
	Fn     *types.Func // nil for a command's literal and for the initializers
	Syntax ast.Node    // nil for the initializers
	Serves bool
	Hosted bool
	Calls  []Call

	surely bool // it serves by static calls alone
}

// A Call is a reference to a function: one of To and Fn is set.
type Call struct {
	At      ast.Node
	To      *Node       // in this package
	Fn      *types.Func // in another one
	Command bool        // the function is a command's
	// Maybe: it is one of those that a call of an interface's method may reach.
	Maybe bool
}

// A Result is the graph of one package.
type Result struct {
	Nodes []*Node // in source order
	Init  *Node
	// Main is the function main of a package main, else nil.
	Main *Node
	// Service is true for a package main whose program serves, Hosted if its
	// process belongs to a host.
	Service, Hosted bool

	bySyntax map[ast.Node]*Node
	parents  map[ast.Node]ast.Node
}

// ID names a function within its package: "Run", "Server.Run".
func ID(fn *types.Func) string {
	if recv := receiver(fn); recv != "" {
		return recv + "." + fn.Name()
	}
	return fn.Name()
}

func receiver(fn *types.Func) string {
	recv := fn.Signature().Recv()
	if recv == nil {
		return ""
	}
	t := types.Unalias(recv.Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if named, ok := t.(*types.Named); ok {
		return named.Obj().Name()
	}
	return ""
}

// NodeOf returns the node that a piece of syntax belongs to.
func (r *Result) NodeOf(n ast.Node) *Node {
	for ; n != nil; n = r.parents[n] {
		if node := r.bySyntax[n]; node != nil {
			return node
		}
	}
	return r.Init
}

// Parent returns the syntax around a piece of syntax.
func (r *Result) Parent(n ast.Node) ast.Node { return r.parents[n] }

// Reached lists the nodes of this package that its program runs, in source
// order. It is empty but for a package main.
func (r *Result) Reached() []*Node {
	if r.Main == nil {
		return nil
	}
	seen := map[*Node]bool{}
	var visit func(n *Node)
	visit = func(n *Node) {
		if n == nil || seen[n] {
			return
		}
		seen[n] = true
		for _, call := range n.Calls {
			if call.To != nil && call.Follow() {
				visit(call.To)
			}
		}
	}
	visit(r.Init)
	visit(r.Main)
	var list []*Node
	for _, n := range append([]*Node{r.Init}, r.Nodes...) {
		if seen[n] {
			list = append(list, n)
		}
	}
	return list
}

// Follow reports whether what is called belongs to the service: everything but
// commands that are not sure to serve.
func (c Call) Follow() bool { return !c.Command || c.To == nil || c.To.surely }

func run(pass *analysis.Pass) (any, error) {
	b := newBuilder(pass)
	if !judge.Own(pass) {
		b.Main = nil
		return &b.Result, nil
	}
	for _, file := range pass.Files {
		b.file(file)
	}
	b.solve()
	b.export()
	if b.Main != nil {
		b.Service = b.Main.Serves || b.Init.Serves
		b.Hosted = b.Main.Hosted || b.Init.Hosted
	}
	return &b.Result, nil
}

// export hands what serves to the packages that import this one; nobody imports
// a program.
func (b *builder) export() {
	if b.Main != nil {
		return
	}
	fact := &Fact{}
	for _, n := range b.Nodes {
		if n.Fn == nil {
			continue
		}
		if n.Serves {
			fact.Funcs = append(fact.Funcs, ID(n.Fn))
		}
		if n.surely {
			fact.Surely = append(fact.Surely, ID(n.Fn))
		}
		if n.Hosted {
			fact.Hosts = append(fact.Hosts, ID(n.Fn))
		}
	}
	slices.SortFunc(fact.Funcs, cmp.Compare)
	slices.SortFunc(fact.Surely, cmp.Compare)
	slices.SortFunc(fact.Hosts, cmp.Compare)
	if len(fact.Funcs)+len(fact.Hosts) > 0 {
		b.pass.ExportPackageFact(fact)
	}
}
