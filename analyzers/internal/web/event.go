package web

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"regexp"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/ir"
	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// Analyzer yields a [*Program] for a package main, nil for any other.
var Analyzer = &analysis.Analyzer{
	Name:       "opslintweb",
	Doc:        "find out what programs show to the network",
	Requires:   []*analysis.Analyzer{ir.Analyzer, reach.Analyzer, shutdown.Analyzer},
	Run:        run,
	ResultType: reflect.TypeFor[*Program](),
	FactTypes:  []analysis.Fact{new(Fact)},
}

// A Fact is what the functions of a package do as far as the network is
// concerned.
type Fact struct {
	Deeds reach.Deeds[Event]
	// Wants are the cells of parameters that paths or deadlines are made of, here
	// or in a package below, sorted: callers say what they hand over.
	Wants []string
	// Web is true if the package has more to say than that its functions log.
	Web bool
}

// AFact marks Fact as a fact.
func (*Fact) AFact() {}

func (f *Fact) String() string { return "web" }

// A Kind says what an [Event] is.
type Kind uint8

// The kinds of events.
const (
	flow       Kind = iota + 1 // what cell From holds, cell To may hold; of a router: below prefix Text
	say                        // cell To may hold the text Text
	route                      // router To answers Text with Handler
	compared                   // a handler compares a path with Text
	read                       // a handler takes a path apart
	mention                    // a constant reads like a path
	service                    // a gRPC service is registered
	serve                      // something serves: server To, handler Handler, address Text
	object                     // cell To holds a server or client that is made here
	set                        // field Name of the server or client To is set; Text is what to
	give                       // the server or client To is given to a dependency
	middleware                 // something is put around handlers
	request                    // a request goes through client To; Text says with what limit
	metric                     // a metric is made
	doing                      // a function logs, measures or traces: Role
	provider                   // spans are exported
	unseen                     // something may answer requests out of sight
)

// An Event is one thing that a function does. Which fields count depends on its
// kind.
type Event struct {
	Kind     Kind
	Site     shutdown.Site
	To, From string
	Text     Text
	Name     string // text of the call, library, or reason
	Library  string
	Methods  []string
	Handler  string
	Tree     bool
	Literal  bool
	Excused  bool // gosec is told to leave the line alone
	Limited  bool // the library limits how long requests may take to arrive
	Role     Role
	Protocol Protocol
	Metric   *Metric
}

// A gatherer finds the events of one package.
type gatherer struct {
	pass   *analysis.Pass
	ir     *ir.Package
	graph  *reach.Result
	own    map[string]*Fact // of the packages of the user's in sight, by path
	events map[*reach.Node][]Event
	wants  map[string]bool
	calls  []ownCall

	excuses  map[excuse]bool        // lines that gosec is told to leave alone
	brackets map[token.Pos]ast.Expr // calls and literals by their left bracket
	globals  map[*ssa.Global][]ssa.Value
	node     *reach.Node // of the function at hand
	budget   int         // how many more values are looked at for one text
}

func run(pass *analysis.Pass) (any, error) {
	if !judge.Own(pass) {
		return (*Program)(nil), nil
	}
	g := &gatherer{
		pass:   pass,
		ir:     pass.ResultOf[ir.Analyzer].(*ir.Package),
		graph:  pass.ResultOf[reach.Analyzer].(*reach.Result),
		own:    make(map[string]*Fact),
		events: make(map[*reach.Node][]Event),
		wants:  make(map[string]bool),
	}
	for _, f := range pass.AllPackageFacts() {
		if fact, ok := f.Fact.(*Fact); ok && f.Package != pass.Pkg {
			g.own[f.Package.Path()] = fact
			for _, want := range fact.Wants {
				g.wants[want] = true
			}
		}
	}
	web := g.relevant()
	if web {
		g.gather()
	} else if logapi.Imports(pass.Pkg) {
		g.logging()
	}
	fact := g.fact()
	fact.Web = web && len(fact.Deeds) > 0
	if g.graph.Main == nil {
		pass.ExportPackageFact(fact)
		return (*Program)(nil), nil
	}
	w := newWhole(g, fact, pass.ResultOf[shutdown.Analyzer].(*shutdown.Program))
	return w.program(), nil
}

func (g *gatherer) fact() *Fact {
	return &Fact{Deeds: reach.DeedsOf(g.events), Wants: sortedKeys(g.wants)}
}

// relevant reports whether the package can add anything: it imports a library of
// the tables, or a package of the user's that did.
func (g *gatherer) relevant() bool {
	for _, imported := range g.pass.Pkg.Imports() {
		if fact := g.own[imported.Path()]; fact != nil && fact.Web || knownLibrary(imported.Path()) {
			return true
		}
	}
	return false
}

// logging finds the functions that log, in a package that does nothing else of
// interest: a middleware in another one may call them.
func (g *gatherer) logging() {
	for _, file := range g.pass.Files {
		if g.isTest(file.FileStart) {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if fn, ok := typeutil.Callee(g.pass.TypesInfo, call).(*types.Func); ok && logs(fn.Origin()) {
					g.node = g.graph.NodeOf(call)
					g.did(AccessLog)
				}
			}
			return true
		})
	}
}

// gather finds the events of all functions that are no tests.
func (g *gatherer) gather() {
	g.brackets, g.excuses = make(map[token.Pos]ast.Expr), make(map[excuse]bool)
	for _, file := range g.pass.Files {
		if g.isTest(file.FileStart) {
			continue
		}
		g.constants(file)
		g.excused(file)
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				g.brackets[n.Lparen] = n
			case *ast.CompositeLit:
				g.brackets[n.Lbrace] = n
			case *ast.AssignStmt:
				g.holders(n.Lhs, n.Rhs)
			case *ast.ValueSpec:
				names := make([]ast.Expr, len(n.Names))
				for i, name := range n.Names {
					names[i] = name
				}
				g.holders(names, n.Values)
			}
			return true
		})
	}
	functions := append([]*ssa.Function{g.ir.SSA().Func("init")}, g.ir.Functions()...)
	g.globals = globalsOf(functions)
	for _, fn := range functions {
		if fn.Pos().IsValid() && g.isTest(fn.Pos()) {
			continue
		}
		g.node = g.graph.Init
		if syntax := fn.Syntax(); syntax != nil {
			g.node = g.graph.NodeOf(syntax)
		}
		g.function(fn)
	}
	g.handOver()
}

// holders notes the variables that literals are assigned to: a struct is made in
// place.
func (g *gatherer) holders(names, values []ast.Expr) {
	for i, value := range values {
		lit, ok := ast.Unparen(value).(*ast.CompositeLit)
		if !ok || len(names) != len(values) {
			continue
		}
		if name, ok := names[i].(*ast.Ident); ok {
			g.brackets[name.Pos()] = lit
		}
	}
}

// An excuse is a line of a file.
type excuse struct {
	file *token.File
	line int
}

var excusing = regexp.MustCompile(`nolint:\s*[\w,]*(gosec|all)\b|#nosec\b`)

// excused notes the lines that gosec is told to leave alone: it asks for limits
// of servers, too, and somebody has answered already.
func (g *gatherer) excused(file *ast.File) {
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if excusing.MatchString(comment.Text) {
				g.excuses[g.lineOf(comment.Pos())] = true
			}
		}
	}
}

func (g *gatherer) lineOf(pos token.Pos) excuse {
	file := g.pass.Fset.File(pos)
	return excuse{file, file.Line(pos)}
}

func (g *gatherer) isTest(pos token.Pos) bool {
	return strings.HasSuffix(g.pass.Fset.File(pos).Name(), "_test.go")
}

func (g *gatherer) function(fn *ssa.Function) {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			switch instr := instr.(type) {
			case *ssa.Store:
				g.store(instr)
			case *ssa.Phi:
				g.phi(instr)
			case *ssa.MakeClosure:
				g.captured(instr)
			case *ssa.Return:
				g.returned(fn, instr)
			case *ssa.MapUpdate:
				g.flow(g.cell(instr.Map), instr.Value)
			case *ssa.Alloc:
				g.made(instr)
			case ssa.CallInstruction:
				g.call(instr)
			}
		}
	}
	g.paths(fn)
	g.forwards(fn)
}

// add notes an event at a piece of syntax; without one it belongs to the
// function at hand.
func (g *gatherer) add(at ast.Node, e Event) {
	node := g.node
	if at != nil {
		node = g.graph.NodeOf(at)
		e.Site = shutdown.SiteOf(g.pass, at)
		e.Excused = (e.Kind == serve || e.Kind == object) && g.excuses[g.lineOf(at.Pos())]
	}
	g.events[node] = append(g.events[node], e)
}

// syntax returns the call or literal that an instruction or value comes from,
// nil if none does.
func (g *gatherer) syntax(pos token.Pos) ast.Node {
	if e, ok := g.brackets[pos]; ok {
		return e
	}
	return nil
}

// callText is what a call is called in a message: "srv.ListenAndServe".
func callText(at ast.Node, fn *types.Func) string {
	if call, ok := at.(*ast.CallExpr); ok {
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
			if text := exprText(sel); text != "" {
				return text
			}
		}
	}
	if fn.Signature().Recv() == nil && fn.Pkg() != nil {
		return fn.Pkg().Name() + "." + fn.Name()
	}
	return fn.Name()
}

// siteAt returns the site of a position.
func (g *gatherer) siteAt(pos token.Pos) shutdown.Site {
	if at := g.syntax(pos); at != nil {
		return shutdown.SiteOf(g.pass, at)
	}
	if !pos.IsValid() {
		return shutdown.Site{}
	}
	return shutdown.SiteOf(g.pass, judge.Span{From: pos, To: pos})
}

// exprText spells a selector of names; it is empty for anything else.
func exprText(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		if x := exprText(e.X); x != "" {
			return x + "." + e.Sel.Name
		}
	case *ast.CallExpr:
		if x := exprText(e.Fun); x != "" {
			return x + "()"
		}
	}
	return ""
}
