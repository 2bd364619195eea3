package logwithoutcontext

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// levels are the functions of slog that have a variant with a context.
var levels = []string{"Debug", "Info", "Warn", "Error"}

// global are the functions of other libraries that log through their global
// logger or yield it.
var global = map[string][]string{
	"github.com/rs/zerolog/log":  {"Trace", "Debug", "Info", "Warn", "Error", "Err", "Log", "Print", "Printf"},
	"go.uber.org/zap":            {"L", "S"},
	"github.com/sirupsen/logrus": {"Debug", "Debugf", "Info", "Infof", "Warn", "Warnf", "Error", "Errorf", "WithField", "WithFields", "WithError"},
}

// line notes a log call in a function that has a request's context at hand.
func (g *gatherer) line(call *ast.CallExpr, fn *types.Func) {
	path := logapi.Path(fn.Pkg().Path())
	if path != "log/slog" {
		if !slices.Contains(global[path], fn.Name()) || fn.Signature().Recv() != nil {
			return
		}
		library := map[string]string{"github.com/rs/zerolog/log": "zerolog", "go.uber.org/zap": "zap", "github.com/sirupsen/logrus": "logrus"}[path]
		if contexts := g.contexts(call); len(contexts) > 0 && !g.usesContext(call, contexts) {
			g.add(call, Event{Kind: drops, Library: library, Text: fn.Pkg().Name() + "." + fn.Name()})
		}
		return
	}
	method := fn.Signature().Recv() != nil
	if method && typeName(fn.Signature().Recv().Type()) != "log/slog.Logger" {
		return
	}
	plain, withContext := slices.Contains(levels, fn.Name()), strings.HasSuffix(fn.Name(), "Context") && fn.Name() != "WithContext"
	if !plain && !withContext {
		return
	}
	contexts := g.contexts(call)
	if len(contexts) == 0 || method && g.bound(call, contexts) {
		return
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return
	}
	e := Event{Kind: drops, Library: "slog", Text: "slog." + fn.Name(), Method: method, Sole: len(contexts) == 1}
	if method {
		e.Text = types.ExprString(sel.X) + "." + fn.Name()
	}
	switch {
	case withContext && !g.isFresh(call.Args[0]):
		e.Kind = keeps
	case len(contexts) > 1:
	case withContext:
		e.Edits = []Edit{{shutdown.SiteOf(g.pass, call.Args[0]), contexts[0].text}}
	case len(call.Args) > 0:
		first := shutdown.SiteOf(g.pass, call.Args[0])
		first.EndLine, first.EndCol = first.Line, first.Column
		e.Edits = []Edit{{shutdown.SiteOf(g.pass, sel.Sel), fn.Name() + "Context"}, {first, contexts[0].text + ", "}}
	}
	g.add(call, e)
}

// isFresh reports whether an expression is a context of nobody.
func (g *gatherer) isFresh(x ast.Expr) bool {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return false
	}
	fn, ok := typeutil.Callee(g.pass.TypesInfo, call).(*types.Func)
	return ok && (fn.FullName() == "context.Background" || fn.FullName() == "context.TODO")
}

// A held is a variable that holds the context of a request.
type held struct {
	obj  types.Object
	text string // the expression that yields the context
}

// contexts lists the variables in scope that hold a context: parameters of the
// functions around a call, and what was declared before it in there.
func (g *gatherer) contexts(call ast.Node) []held {
	var list []held
	scope := g.pass.Pkg.Scope().Innermost(call.Pos())
	for ; scope != nil && scope != g.pass.Pkg.Scope(); scope = scope.Parent() {
		for _, name := range scope.Names() {
			obj, ok := scope.Lookup(name).(*types.Var)
			if !ok || name == "_" || obj.Pos() >= call.Pos() {
				continue
			}
			if _, found := g.pass.Pkg.Scope().Innermost(call.Pos()).LookupParent(name, call.Pos()); found != obj {
				continue // hidden by another variable
			}
			if text := contextOf(obj); text != "" {
				list = append(list, held{obj, text})
			}
		}
	}
	return list
}

// contextOf writes how a context is got from a variable; it is empty if the
// variable holds none.
func contextOf(obj *types.Var) string {
	switch typeName(obj.Type()) {
	case "context.Context":
		return obj.Name()
	case "net/http.Request":
		return obj.Name() + ".Context()"
	case "github.com/gin-gonic/gin.Context":
		return obj.Name() + ".Request.Context()"
	case "github.com/labstack/echo.Context":
		return obj.Name() + ".Request().Context()"
	}
	return ""
}

// usesContext reports whether a context is part of the statement around a call:
// log.Info().Ctx(ctx), logrus.WithField(…).WithContext(ctx).
func (g *gatherer) usesContext(call ast.Node, contexts []held) bool {
	n := call
	for {
		parent := g.graph.Parent(n)
		if _, ok := parent.(ast.Stmt); ok || parent == nil {
			break
		}
		n = parent
	}
	return g.mentions(n, contexts)
}

func (g *gatherer) mentions(n ast.Node, contexts []held) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			found = found || slices.ContainsFunc(contexts, func(h held) bool { return g.pass.TypesInfo.Uses[id] == h.obj })
		}
		return !found
	})
	return found
}

// bound reports whether the logger of a call may have the id already: it is a
// local variable or parameter, or what some call yields.
func (g *gatherer) bound(call *ast.CallExpr, contexts []held) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return true
	}
	switch x := ast.Unparen(sel.X).(type) {
	case *ast.SelectorExpr: // s.log
		return g.mentions(x, contexts)
	case *ast.Ident:
		obj, ok := g.pass.TypesInfo.Uses[x].(*types.Var)
		return !ok || obj.Parent() != g.pass.Pkg.Scope()
	case *ast.CallExpr:
		fn, ok := typeutil.Callee(g.pass.TypesInfo, x).(*types.Func)
		return !ok || fn.FullName() != "log/slog.Default"
	}
	return true
}
