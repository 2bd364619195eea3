package missinglifecyclelog

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/loggers"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

// An Event is what a function does, as far as it matters: it logs, or it refers
// to another function.
type Event struct {
	Func string // that is referred to; "" for a log call
	// Behind: it comes behind something that is waited for.
	Behind bool
}

// A Fact is what the functions of a package do. Framework is true if it uses a
// framework that logs start and stop by itself.
type Fact struct {
	Deeds     reach.Deeds[Event]
	Framework bool
}

// AFact marks Fact as a fact.
func (*Fact) AFact() {}

// frameworks log start and stop by themselves.
var frameworks = map[string]bool{
	"go.uber.org/fx": true, "sigs.k8s.io/controller-runtime": true, "github.com/go-kratos/kratos": true, "github.com/zeromicro/go-zero/rest": true,
	"github.com/zeromicro/go-zero/zrpc": true, "github.com/cloudwego/hertz/pkg/app/server": true,
}

// A gatherer finds the events of one package.
type gatherer struct {
	pass   *analysis.Pass
	graph  *reach.Result
	events map[*reach.Node][]Event
}

func (g *gatherer) fact() *Fact {
	for _, file := range g.pass.Files {
		if strings.HasSuffix(g.pass.Fset.File(file.FileStart).Name(), "_test.go") {
			continue
		}
		for _, decl := range file.Decls {
			g.function(decl, false)
		}
	}
	fact := &Fact{Deeds: reach.DeedsOf(g.events)}
	for _, imported := range g.pass.Pkg.Imports() {
		fact.Framework = fact.Framework || frameworks[logapi.Path(imported.Path())]
	}
	return fact
}

// function notes what a function does, literals in it each by itself. Behind
// says whether all of it comes behind something that is waited for.
func (g *gatherer) function(f ast.Node, behind bool) {
	if d, ok := f.(*ast.FuncDecl); ok {
		fn, isFunc := g.pass.TypesInfo.Defs[d.Name].(*types.Func)
		if isFunc && loggers.TakesRequest(fn.Signature()) || d.Body == nil {
			return
		}
		behind = behind || isStop(d.Name.Name)
	}
	waits := token.NoPos
	ast.Inspect(f, func(n ast.Node) bool {
		if n == f {
			return true
		}
		after := behind || waits.IsValid() && n != nil && n.Pos() > waits
		switch n := n.(type) {
		case *ast.FuncLit:
			if s, ok := g.pass.TypesInfo.TypeOf(n).(*types.Signature); !ok || !loggers.TakesRequest(s) {
				g.function(n, after)
			}
			return false
		case *ast.DeferStmt:
			g.function(n.Call, true)
			return false
		case *ast.UnaryExpr:
			if n.Op == token.ARROW && !waits.IsValid() {
				waits = n.Pos()
			}
		case *ast.CallExpr:
			g.call(n, after)
			if !waits.IsValid() && isWait(loggers.CalledName(n)) {
				waits = n.End()
			}
		case *ast.Ident:
			if fn, ok := g.pass.TypesInfo.Uses[n].(*types.Func); ok && fn.Pkg() != nil && !loggers.TakesRequest(fn.Signature()) {
				g.add(n, Event{Func: reach.ID(fn), Behind: after})
			}
		}
		return true
	})
	if call, ok := f.(*ast.CallExpr); ok {
		g.call(call, behind)
	}
}

func (g *gatherer) add(at ast.Node, e Event) {
	node := g.graph.NodeOf(at)
	g.events[node] = append(g.events[node], e)
}

// isWait reports whether a function of this name returns only when a server
// stops or goroutines end.
func isWait(name string) bool {
	switch name {
	case "Wait", "ListenAndServe", "ListenAndServeTLS", "Serve", "ServeTLS", "Run", "Start", "Listen":
		return true
	}
	return false
}

// isStop reports whether a function, by its name, stops something.
func isStop(name string) bool {
	for _, word := range sensitive.Words(name) {
		switch word {
		case "shutdown", "stop", "close", "terminate", "drain", "down", "quit", "exit":
			return true
		}
	}
	return false
}

// call notes a log call that is made when nothing goes wrong.
func (g *gatherer) call(call *ast.CallExpr, behind bool) {
	logged, ok := logapi.Of(g.pass.TypesInfo, call)
	switch {
	case ok && (logged.Func.Kind != logapi.Sink || logged.Func.Level == "error" || logged.Func.Level == "fatal"):
		return
	case !ok && !g.ownLogger(call), g.onFailure(call):
		return
	}
	g.add(call, Event{Behind: behind})
}

// ownLogger reports whether a call is one of a logger of the user's own or of a
// library that the table does not know, by the names of the method and of its
// type or package.
func (g *gatherer) ownLogger(call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(g.pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return false
	}
	owner := fn.Pkg().Name()
	if recv := fn.Signature().Recv(); recv != nil {
		owner = types.TypeString(recv.Type(), func(*types.Package) string { return "" })
	}
	if !strings.Contains(strings.ToLower(owner), "log") {
		return false
	}
	for _, prefix := range []string{"Info", "Debug", "Warn", "Notice", "Log", "Print", "Trace", "Msg"} {
		if strings.HasPrefix(fn.Name(), prefix) {
			return true
		}
	}
	return false
}

// onFailure reports whether a call is only made if there is an error.
func (g *gatherer) onFailure(n ast.Node) bool {
	for child, parent := n, g.graph.Parent(n); parent != nil; child, parent = parent, g.graph.Parent(parent) {
		branch, ok := parent.(*ast.IfStmt)
		if !ok || child != ast.Node(branch.Body) {
			continue
		}
		cond, ok := ast.Unparen(branch.Cond).(*ast.BinaryExpr)
		if ok && cond.Op == token.NEQ && g.pass.TypesInfo.Types[cond.Y].IsNil() && types.Implements(g.pass.TypesInfo.TypeOf(cond.X), errorType) {
			return true
		}
	}
	return false
}

var errorType = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)
