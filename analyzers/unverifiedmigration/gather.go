package unverifiedmigration

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/database"
	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// Kind says what an [Event] is.
type Kind uint8

// The kinds: a call that migrates, and one that records what came of it: it reads
// the version, logs it, or makes the library log.
const (
	migrates Kind = iota + 1
	recorded
)

// An Event is something that a function does about migrations.
type Event struct {
	Kind    Kind
	Func    string // the ID of the function around it
	Text    string
	Tells   bool // the library logs each step by itself
	Unheard bool // nothing is done about its error
	Site    shutdown.Site
}

func (e Event) compare(other Event) int {
	return cmp.Or(cmp.Compare(e.Site.Package, other.Site.Package), cmp.Compare(e.Site.File, other.Site.File),
		cmp.Compare(e.Site.Line, other.Site.Line), cmp.Compare(e.Site.Column, other.Site.Column))
}

// telling are the libraries that log each step unless they are told not to.
var telling = []string{"github.com/pressly/goose", "github.com/amacneil/dbmate/pkg/dbmate", "github.com/gobuffalo/pop", "github.com/ory/x/popx", "github.com/riverqueue/river/rivermigrate"}

// readers are methods and functions of migrating libraries that tell what was
// applied.
var readers = []string{
	"Version", "Status", "StatusContext", "GetDBVersion", "GetDBVersionContext", "EnsureDBVersion", "GetVersions", "GetCurrentVersion", "MigrateStatus", "GetMigrationRecords",
	"MigrationsWithStatus", "AppliedMigrations", "DBVersion",
}

type gatherer struct {
	pass   *analysis.Pass
	graph  *reach.Result
	events map[*reach.Node][]Event
}

func gather(pass *analysis.Pass, graph *reach.Result) map[*reach.Node][]Event {
	g := &gatherer{pass, graph, make(map[*reach.Node][]Event)}
	for _, file := range pass.Files {
		if strings.HasSuffix(pass.Fset.File(file.FileStart).Name(), "_test.go") || ast.IsGenerated(file) {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				g.call(n)
			case *ast.SelectorExpr: // m.Log = logger
				if v, ok := pass.TypesInfo.Uses[n.Sel].(*types.Var); ok && v.IsField() && v.Pkg() != nil && database.MigrationPackage(v.Pkg().Path()) &&
					slices.Contains([]string{"Log", "Logger", "OnStart", "Verbose"}, v.Name()) {
					g.add(n, Event{Kind: recorded})
				}
			}
			return true
		})
	}
	return g.events
}

func (g *gatherer) add(n ast.Node, e Event) {
	node := g.graph.NodeOf(n)
	e.Func, e.Site = node.ID, shutdown.SiteOf(g.pass, n)
	g.events[node] = append(g.events[node], e)
}

func (g *gatherer) call(call *ast.CallExpr) {
	fn, ok := typeutil.Callee(g.pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return
	}
	switch {
	case database.Migration(fn):
		g.add(call, Event{
			Kind: migrates, Text: fn.Pkg().Name() + "." + fn.Name(),
			Tells: slices.Contains(telling, database.Library(fn)), Unheard: g.unheard(call, fn),
		})
	case database.MigrationPackage(fn.Pkg().Path()):
		if slices.Contains(readers, fn.Name()) || slices.Contains([]string{"WithVerbose", "WithLogger", "WithSlog", "SetLogger"}, fn.Name()) {
			g.add(call, Event{Kind: recorded})
		}
	case g.tells(call):
		g.add(call, Event{Kind: recorded})
	}
}

// tells reports whether a call writes that something was migrated.
func (g *gatherer) tells(call *ast.CallExpr) bool {
	log, ok := logapi.Of(g.pass.TypesInfo, call)
	if !ok || log.Func.Kind != logapi.Sink || log.Func.Level == "error" || log.Func.Level == "fatal" || log.Func.Level == "debug" {
		return false
	}
	for _, arg := range call.Args {
		text, ok := logapi.Constant(g.pass.TypesInfo, arg)
		if text = strings.ToLower(text); ok && (strings.Contains(text, "migrat") || strings.Contains(text, "schema")) {
			return true
		}
	}
	return false
}

// unheard reports whether nothing is done about the error of a call: it is
// dropped, or the branch for it neither logs nor hands it on.
func (g *gatherer) unheard(call *ast.CallExpr, fn *types.Func) bool {
	results := fn.Signature().Results()
	if results.Len() == 0 || results.At(results.Len()-1).Type().String() != "error" {
		return false
	}
	switch stmt := g.graph.Parent(call).(type) {
	case *ast.ExprStmt:
		return true
	case *ast.AssignStmt:
		id, ok := stmt.Lhs[len(stmt.Lhs)-1].(*ast.Ident)
		if !ok {
			return false
		}
		if id.Name == "_" {
			return true
		}
		branch := g.branchOn(stmt)
		return branch != nil && !g.heard(branch)
	}
	return false
}

// branchOn returns the branch that looks at what a statement assigns: the if
// statement that it begins, or the one right behind it.
func (g *gatherer) branchOn(stmt ast.Stmt) *ast.IfStmt {
	switch parent := g.graph.Parent(stmt).(type) {
	case *ast.IfStmt:
		return parent
	case *ast.BlockStmt:
		if i := slices.Index(parent.List, stmt); i+1 < len(parent.List) {
			branch, _ := parent.List[i+1].(*ast.IfStmt)
			return branch
		}
	}
	return nil
}

// heard reports whether a branch logs, prints, fails or hands something on.
func (g *gatherer) heard(branch *ast.IfStmt) bool {
	found := false
	ast.Inspect(branch, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ReturnStmt:
			found = found || len(n.Results) > 0
		case *ast.AssignStmt:
			found = found || n.Tok == token.ASSIGN
		case *ast.SendStmt:
			found = true
		case *ast.CallExpr:
			found = found || g.speaks(n)
		}
		return !found
	})
	return found
}

// speaks reports whether a call may write a line at level error, or is given an
// error by a way that is not known.
func (g *gatherer) speaks(call *ast.CallExpr) bool {
	if id, ok := call.Fun.(*ast.Ident); ok && id.Name == "panic" {
		return true
	}
	if log, ok := logapi.Of(g.pass.TypesInfo, call); ok {
		level := log.Func.Level
		return level == "error" || level == "fatal" || level == ""
	}
	return slices.ContainsFunc(call.Args, func(arg ast.Expr) bool {
		fn, _ := typeutil.Callee(g.pass.TypesInfo, call).(*types.Func)
		t := g.pass.TypesInfo.TypeOf(arg)
		return t != nil && t.String() == "error" && (fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "errors")
	})
}
