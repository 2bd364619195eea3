package migrationinserver

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/database"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// Kind says what an [Event] is.
type Kind uint8

// The kinds: a call of a library that migrates, a statement that changes the
// schema, and a call of a function of the user's that depends on a setting.
const (
	library Kind = iota + 1
	statement
	guarded
)

// An Event is a call that changes a schema, or that leads to one.
type Event struct {
	Kind   Kind
	Func   string // the ID of the function around it
	Text   string // what is called: for people, or of a guarded one the ID
	Guard  string // the setting that it depends on, if it does
	Local  bool   // it is about a database inside the process
	Remote bool   // what is called knows only databases that are servers
	Site   shutdown.Site
}

func (e Event) compare(other Event) int {
	return cmp.Or(cmp.Compare(e.Site.Package, other.Site.Package), cmp.Compare(e.Site.File, other.Site.File),
		cmp.Compare(e.Site.Line, other.Site.Line), cmp.Compare(e.Site.Column, other.Site.Column))
}

type gatherer struct {
	pass   *analysis.Pass
	graph  *reach.Result
	texts  *database.Texts
	events map[*reach.Node][]Event
	values map[types.Object]bool // functions that initializers hand on
}

func gather(pass *analysis.Pass, graph *reach.Result) map[*reach.Node][]Event {
	g := &gatherer{pass: pass, graph: graph, events: make(map[*reach.Node][]Event)}
	for _, file := range pass.Files {
		if strings.HasSuffix(pass.Fset.File(file.FileStart).Name(), "_test.go") || ast.IsGenerated(file) {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				g.call(call)
			}
			return true
		})
	}
	return g.events
}

func (g *gatherer) call(call *ast.CallExpr) {
	fn, ok := typeutil.Callee(g.pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return
	}
	e := Event{Text: fn.Pkg().Name() + "." + fn.Name(), Remote: database.KindOf(fn.Pkg().Path()).Remote}
	switch {
	case database.Migration(fn):
		if g.asks(call) {
			return
		}
		e.Kind = library
	case database.Executes(fn) && g.changesSchema(call):
		e.Kind = statement
	case strings.HasPrefix(fn.Pkg().Path(), g.root()):
		e = Event{Kind: guarded, Text: reach.ID(fn)}
	default:
		return
	}
	if e.Guard = g.guard(call); e.Kind == guarded && e.Guard == "" || g.registered(call) {
		return
	}
	e.Local = g.inLocal(call)
	node := g.graph.NodeOf(call)
	e.Func, e.Site = node.ID, shutdown.SiteOf(g.pass, call)
	e.Local = e.Local || namesEmbedded(e.Func) || namesEmbedded(e.Site.File)
	g.events[node] = append(g.events[node], e)
}

// root is the path that the user's packages begin with.
func (g *gatherer) root() string {
	if g.pass.Module != nil && g.pass.Module.Path != "" {
		return g.pass.Module.Path
	}
	first, _, _ := strings.Cut(g.pass.Pkg.Path(), "/")
	return first
}

// asks reports whether a call of a migrating function changes nothing: a
// constant argument says that it only asks.
func (g *gatherer) asks(call *ast.CallExpr) bool {
	return slices.ContainsFunc(call.Args, func(arg ast.Expr) bool {
		text, ok := database.Constant(g.pass.TypesInfo, arg)
		return ok && slices.Contains([]string{"status", "version", "create", "fix", "validate"}, text)
	})
}

// changesSchema reports whether an argument of a call is a statement that
// changes the schema.
func (g *gatherer) changesSchema(call *ast.CallExpr) bool {
	if g.texts == nil {
		g.texts = database.NewTexts(g.pass)
	}
	return slices.ContainsFunc(call.Args, func(arg ast.Expr) bool {
		t, ok := g.pass.TypesInfo.TypeOf(arg).Underlying().(*types.Basic)
		return ok && t.Info()&types.IsString != 0 && slices.ContainsFunc(g.texts.Of(arg), database.IsDefinition)
	})
}

// guard looks for a setting that a call depends on: a condition around it, or
// one before it that returns.
func (g *gatherer) guard(call ast.Node) string {
	setting := ""
	child, parent := call, g.graph.Parent(call)
	for ; parent != nil; child, parent = parent, g.graph.Parent(parent) {
		switch p := parent.(type) {
		case *ast.FuncDecl:
			return setting
		case *ast.IfStmt:
			if child == p.Body {
				setting = cmp.Or(g.positive(p.Cond), setting)
			}
		case *ast.BlockStmt:
			for _, stmt := range p.List {
				if ast.Node(stmt) == child {
					break
				}
				setting = cmp.Or(g.refused(stmt), setting)
			}
		}
	}
	return setting
}

// inLocal reports whether a condition around a call says that the database lives
// inside the process, or that this is development.
func (g *gatherer) inLocal(call ast.Node) bool {
	child, parent := call, g.graph.Parent(call)
	for ; parent != nil; child, parent = parent, g.graph.Parent(parent) {
		switch p := parent.(type) {
		case *ast.FuncDecl:
			return false
		case *ast.IfStmt:
			if child == p.Body && g.local(p.Cond) {
				return true
			}
		case *ast.CaseClause:
			if slices.ContainsFunc(p.List, g.local) {
				return true
			}
		}
	}
	return false
}

// refused returns the setting without which a statement returns.
func (g *gatherer) refused(stmt ast.Stmt) string {
	branch, ok := stmt.(*ast.IfStmt)
	if !ok || branch.Else != nil || len(branch.Body.List) == 0 {
		return ""
	}
	if _, ok := branch.Body.List[len(branch.Body.List)-1].(*ast.ReturnStmt); !ok {
		return ""
	}
	not, ok := ast.Unparen(branch.Cond).(*ast.UnaryExpr)
	if !ok {
		return ""
	}
	return g.positive(not.X)
}
