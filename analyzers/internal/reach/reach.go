// Package reach knows which functions refer to which, so that a rule can tell
// what a program of the module runs from what it only contains.
//
// [Analyzer] works on the syntax. It follows static calls, function values,
// closures, and methods that are called through interfaces: by the program, on
// values of types that it makes, and by libraries, on values that they are given.
// What is only reached in other ways is taken for not reached. What a command of
// a command-line program does (cobra, urfave/cli) is marked: it is up to package
// shutdown whether the service is behind it.
//
// Each package leaves a [Graph] as a fact. The package main puts those of its
// import closure together, so that a program is judged as a whole although every
// package is analysed by itself. A rule that looks for deeds of functions
// collects them in a [Log], leaves them as a fact of its own and asks in package
// main which of them the program does ([Result.Serving], [Deeds.In]).
package reach

import (
	"go/ast"
	"go/types"
	"reflect"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// Analyzer yields a [*Result]. It reports nothing.
var Analyzer = &analysis.Analyzer{
	Name:       "opslintreach",
	Doc:        "find out which functions refer to which",
	Run:        run,
	FactTypes:  []analysis.Fact{new(Graph)},
	ResultType: reflect.TypeFor[*Result](),
}

// A Node is a function as far as calls are concerned: a declared function with
// the literals in it, the function of a command, or the package's initializers.
// A branch that ends the process or answers a question, such as one that prints
// the version, is a node of its own.
type Node struct {
	// ID names the node: see [ID]. That of a part of a function is its place.
	ID     string
	Fn     *types.Func // nil for a part of a function and for the initializers
	Syntax ast.Node    // nil for the initializers
	Ending bool        // it is a branch that ends the process or answers a question
	Calls  []Call

	invokes []*types.Func            // methods of interfaces that it calls
	makes   map[*types.TypeName]bool // types of the user's that it makes values of
}

// A Call is a reference to a function: To and Fn are its node, if it is one of
// this package, and its declaration, if it has one.
type Call struct {
	To *Node
	Fn *types.Func
	// Command: it is what a command does, or a branch that ends the process.
	Command bool
}

// ID returns the ID of the node that is called.
func (c Call) ID() string {
	if c.To != nil {
		return c.To.ID
	}
	return ID(c.Fn)
}

// A Result is the graph of one package.
type Result struct {
	Nodes []*Node // in source order
	Init  *Node
	// Main is the function main of a package main, else nil.
	Main *Node

	pass     *analysis.Pass
	bySyntax map[ast.Node]*Node
	parents  map[ast.Node]ast.Node

	graphs  []*Graph // of the packages that a program is made of
	once    sync.Once
	program *whole
}

// ID names a declared function of the program as package shutdown does.
func ID(fn *types.Func) string { return fn.Origin().FullName() }

// InitID names the initializers of a package.
func InitID(path string) string { return path + initSuffix }

const initSuffix = ".init"

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

// Parents maps each piece of the package's syntax to what lies around it; it is
// not to be changed.
func (r *Result) Parents() map[ast.Node]ast.Node { return r.parents }

// Reached returns the nodes of this package that its program runs while it
// serves: see [Result.Serving].
func (r *Result) Reached(program *shutdown.Program) map[*Node]bool {
	serving := r.Serving(program)
	reached := make(map[*Node]bool)
	for _, n := range r.all() {
		if serving[n.ID] {
			reached[n] = true
		}
	}
	return reached
}

// Span returns where a node lies.
func (r *Result) Span(n *Node) shutdown.Site { return shutdown.SiteOf(r.pass, n.Syntax) }

func run(pass *analysis.Pass) (any, error) {
	b := newBuilder(pass)
	if !judge.Own(pass) {
		b.Main = nil
		return &b.Result, nil
	}
	for _, file := range pass.Files {
		b.shape(file)
	}
	for _, file := range pass.Files {
		b.file(file)
	}
	for _, n := range b.all() {
		n.Calls = withoutRepeats(n.Calls)
	}
	graph := b.graph()
	pass.ExportPackageFact(graph)
	if b.Main != nil {
		b.graphs = append(graphsOf(pass), graph)
	}
	return &b.Result, nil
}

// withoutRepeats drops all but the first of the calls of a function.
func withoutRepeats(calls []Call) []Call {
	slices.SortStableFunc(calls, func(a, b Call) int { return strings.Compare(a.ID(), b.ID()) })
	return slices.CompactFunc(calls, func(a, b Call) bool { return a.ID() == b.ID() && a.Command == b.Command })
}
