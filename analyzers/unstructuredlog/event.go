package unstructuredlog

import (
	"cmp"
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/loggers"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// A Kind says what an [Event] is.
type Kind uint8

// The kinds of events.
const (
	encoder Kind = iota + 1 // decides how a library writes
	install                 // makes a handler the default one
	use                     // calls of a library that nobody configured by an encoder of their own
	access                  // installs an access log
	printed                 // prints to a standard stream
)

// An Event is something that a function does to the log.
type Event struct {
	Kind     Kind
	Library  string
	Output   logapi.Output
	Instance bool
	Branch   loggers.Branch
	Text     string // "zap.NewDevelopment"
	Instead  string // what writes JSON with the same arguments
	Count    int    // of calls, for a use
	Site     shutdown.Site
	// Choice spells the condition that the branch hangs on, and Settled says that
	// it is known not to hold unless somebody asks for it.
	Choice  string
	Settled bool
}

func (e Event) compare(f Event) int {
	return cmp.Or(
		cmp.Compare(e.Site.Package, f.Site.Package), cmp.Compare(e.Site.File, f.Site.File), cmp.Compare(e.Site.Line, f.Site.Line),
		cmp.Compare(e.Site.Column, f.Site.Column), cmp.Compare(e.Kind, f.Kind), cmp.Compare(e.Library, f.Library),
	)
}

// A gatherer finds the events of one package.
type gatherer struct {
	pass   *analysis.Pass
	graph  *reach.Result
	guards *loggers.Guards
	events map[*reach.Node][]Event
}

func (g *gatherer) file(file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			g.call(n)
		case *ast.CompositeLit:
			g.literal(n)
		case *ast.AssignStmt:
			g.assignment(n)
		case *ast.Ident:
			g.reference(n)
		}
		return true
	})
}

func (g *gatherer) add(n ast.Node, e Event) {
	c := g.guards.Of(n)
	e.Branch, e.Choice, e.Settled = c.Branch, c.Choice, c.Settled
	if e.Branch == loggers.Development || e.Kind == printed && c.Asked {
		return
	}
	e.Site = shutdown.SiteOf(g.pass, n)
	node := g.graph.NodeOf(n)
	if e.Kind == use {
		for i := range g.events[node] {
			if old := &g.events[node][i]; old.Kind == use && old.Library == e.Library {
				old.Count++
				return
			}
		}
		e.Count = 1
	}
	g.events[node] = append(g.events[node], e)
}

func (g *gatherer) call(call *ast.CallExpr) {
	if fn, ok := typeutil.Callee(g.pass.TypesInfo, call).(*types.Func); ok && fn.Pkg() != nil {
		path, recv, name := fn.Pkg().Path(), receiver(fn), fn.Name()
		switch e, ok := logapi.EncoderOf(path, recv, name); {
		case ok:
			g.encoder(call, fn, e)
			return
		case logapi.AccessLog(path, recv, name):
			g.access(call, fn)
			return
		case strings.HasSuffix(path, "slog") && recv == "" && name == "SetDefault":
			g.add(call, Event{Kind: install, Library: "slog", Text: "slog.SetDefault"})
			return
		case logapi.Redirects(path, recv, name):
			g.add(call, Event{Kind: install, Library: "log", Text: fn.Pkg().Name() + "." + name})
			return
		}
	}
	logged, ok := logapi.Of(g.pass.TypesInfo, call)
	if !ok || logged.Func.Kind != logapi.Sink {
		return
	}
	switch lib := logged.Func.Library; {
	case lib == "fmt" || lib == "builtin":
		if !g.excused(call) {
			g.add(call, Event{Kind: printed, Library: lib, Text: logged.Func.Name})
		}
	case !logapi.DefaultText(lib), lib == "log" && logged.Func.Level == "fatal":
	case (lib == "log" || lib == "slog") && logged.Receiver(g.pass.TypesInfo) != nil:
		// a logger of its own, judged where it is made
	default:
		g.add(call, Event{Kind: use, Library: lib, Text: lib})
	}
}

func (g *gatherer) encoder(call *ast.CallExpr, fn *types.Func, e logapi.Encoder) {
	event := Event{
		Kind: encoder, Library: e.Library, Output: e.Output, Instance: e.Instance, Instead: e.Instead,
		Text: fn.Pkg().Name() + "." + fn.Name(),
	}
	if e.Writer >= 0 && e.Writer < len(call.Args) {
		switch {
		case g.standardStream(call.Args[e.Writer]):
			if fn.Name() == "SetOutput" {
				return
			}
		case g.nowhere(call.Args[e.Writer]):
			if e.Instance {
				return
			}
			event.Output = logapi.UnknownOutput
		default:
			event.Output = logapi.UnknownOutput
		}
	}
	if g.formed(call, fn, &event) {
		g.add(call, event)
	}
}

// standardStream reports whether a writer is a standard stream, perhaps wrapped.
func (g *gatherer) standardStream(w ast.Expr) bool {
	if call, ok := ast.Unparen(w).(*ast.CallExpr); ok && len(call.Args) == 1 {
		return g.standardStream(call.Args[0])
	}
	return logapi.StandardStream(g.pass.TypesInfo, w)
}

func (g *gatherer) nowhere(w ast.Expr) bool {
	sel, ok := ast.Unparen(w).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	obj := g.pass.TypesInfo.Uses[sel.Sel]
	return obj != nil && obj.Pkg() != nil && obj.Name() == "Discard" && (obj.Pkg().Path() == "io" || obj.Pkg().Path() == "io/ioutil")
}

// formats reports whether an expression is a literal of a known formatter.
func (g *gatherer) formats(e ast.Expr) bool {
	if amp, ok := ast.Unparen(e).(*ast.UnaryExpr); ok {
		e = amp.X
	}
	lit, ok := ast.Unparen(e).(*ast.CompositeLit)
	if !ok {
		return false
	}
	_, _, ok = g.formatter(g.pass.TypesInfo.TypeOf(lit))
	return ok
}

func (g *gatherer) formatter(t types.Type) (string, logapi.Output, bool) {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return "", 0, false
	}
	return logapi.FormatterOf(named.Obj().Pkg().Path(), named.Obj().Name())
}

// literal finds formatters and options given as literals.
func (g *gatherer) literal(lit *ast.CompositeLit) {
	t := g.pass.TypesInfo.TypeOf(lit)
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return
	}
	title := named.Obj().Pkg().Name() + "." + named.Obj().Name()
	if lib, output, ok := g.formatter(t); ok {
		g.add(lit, Event{Kind: encoder, Library: lib, Output: output, Text: title})
		return
	}
	switch logapi.Path(named.Obj().Pkg().Path()) + "." + named.Obj().Name() {
	case "github.com/hashicorp/go-hclog.LoggerOptions":
		g.hclog(lit, title)
	case "go.uber.org/zap.Config":
		if value := field(lit, "Encoding"); value != nil {
			g.encoding(lit, value)
		}
	}
}

// assignment finds cfg.Encoding = "console".
func (g *gatherer) assignment(assign *ast.AssignStmt) {
	if len(assign.Lhs) != 1 || len(assign.Rhs) != 1 {
		return
	}
	sel, ok := ast.Unparen(assign.Lhs[0]).(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Encoding" {
		return
	}
	if v, ok := g.pass.TypesInfo.Uses[sel.Sel].(*types.Var); ok && v.Pkg() != nil && v.Pkg().Path() == "go.uber.org/zap" {
		g.encoding(assign, assign.Rhs[0])
	}
}

func (g *gatherer) encoding(n ast.Node, value ast.Expr) {
	output := logapi.UnknownOutput
	switch name, _ := logapi.Constant(g.pass.TypesInfo, value); name {
	case "json":
		output = logapi.JSONOutput
	case "console":
		output = logapi.TextOutput
	}
	g.add(n, Event{Kind: encoder, Library: "zap", Output: output, Text: `zap.Config with encoding "console"`})
}

func field(lit *ast.CompositeLit, name string) ast.Expr {
	for _, elt := range lit.Elts {
		if pair, ok := elt.(*ast.KeyValueExpr); ok {
			if key, ok := pair.Key.(*ast.Ident); ok && key.Name == name {
				return pair.Value
			}
		}
	}
	return nil
}

// reference finds access logs that are passed on without a call.
func (g *gatherer) reference(id *ast.Ident) {
	fn, ok := g.pass.TypesInfo.Uses[id].(*types.Func)
	if !ok || fn.Pkg() == nil || !logapi.AccessLog(fn.Pkg().Path(), receiver(fn), fn.Name()) {
		return
	}
	var whole ast.Expr = id
	if sel, ok := g.graph.Parent(id).(*ast.SelectorExpr); ok {
		whole = sel
	}
	if call, ok := g.graph.Parent(whole).(*ast.CallExpr); ok && call.Fun == whole {
		return
	}
	g.add(whole, Event{Kind: access, Library: fn.Pkg().Name(), Text: fn.Pkg().Name() + "." + fn.Name()})
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
	named, ok := t.(*types.Named)
	if !ok {
		return ""
	}
	return named.Obj().Name()
}
