package logwithoutcontext

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// Kind says what an [Event] is.
type Kind uint8

// The kinds.
const (
	reads    Kind = iota + 1 // something brings the id from the context into lines; Text is its key
	installs                 // slog.SetDefault
	makes                    // slog.New
	handles                  // the function answers requests
	drops                    // a log call that drops the context
	keeps                    // one that does not
)

// An Event is something that a function does about contexts and logs.
type Event struct {
	Kind    Kind
	Func    string // ID of the function around it
	Library string // "slog", "zerolog", "zap", "logrus"
	Text    string // what is called
	Method  bool   // it is called on a logger, not on the package
	Sole    bool   // one context only is in scope
	Edits   []Edit // that pass the context
	Site    shutdown.Site
}

// An Edit replaces a piece of the source.
type Edit struct {
	Site shutdown.Site
	Text string
}

func (e Event) compare(other Event) int {
	return cmp.Or(cmp.Compare(e.Site.Package, other.Site.Package), cmp.Compare(e.Site.File, other.Site.File),
		cmp.Compare(e.Site.Line, other.Site.Line), cmp.Compare(e.Site.Column, other.Site.Column), cmp.Compare(e.Kind, other.Kind))
}

type gatherer struct {
	pass   *analysis.Pass
	graph  *reach.Result
	events map[*reach.Node][]Event
}

func gather(pass *analysis.Pass, graph *reach.Result) map[*reach.Node][]Event {
	g := &gatherer{pass, graph, make(map[*reach.Node][]Event)}
	for _, file := range pass.Files {
		if strings.HasSuffix(pass.Fset.File(file.FileStart).Name(), "_test.go") {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				g.function(n)
			case *ast.FuncLit:
				if g.answers(n.Type) {
					g.add(n, Event{Kind: handles})
				}
			case *ast.CallExpr:
				g.call(n)
			}
			return true
		})
	}
	return g.events
}

func (g *gatherer) add(n ast.Node, e Event) {
	node := g.graph.NodeOf(n)
	e.Func, e.Site = node.ID, shutdown.SiteOf(g.pass, n)
	if e.Kind == handles {
		if slices.ContainsFunc(g.events[node], func(e Event) bool { return e.Kind == handles }) {
			return
		}
	}
	g.events[node] = append(g.events[node], e)
}

// function looks at the head of a declared function: whether it answers
// requests, and whether it is the Handle of a handler that reads the context.
func (g *gatherer) function(decl *ast.FuncDecl) {
	if decl.Body == nil {
		return
	}
	if g.answers(decl.Type) || g.isRPC(decl) {
		g.add(decl, Event{Kind: handles})
	}
	if key, ok := g.handler(decl); ok {
		g.add(decl, Event{Kind: reads, Library: "slog", Text: key})
	}
}

// handler reports whether a method is the Handle of a handler of slog that takes
// more from the context than to hand it on, and returns the key that it adds.
func (g *gatherer) handler(decl *ast.FuncDecl) (string, bool) {
	if decl.Recv == nil || decl.Name.Name != "Handle" {
		return "", false
	}
	fn, ok := g.pass.TypesInfo.Defs[decl.Name].(*types.Func)
	if !ok || fn.Signature().Params().Len() != 2 || fn.Signature().Params().At(1).Type().String() != "log/slog.Record" {
		return "", false
	}
	ctx := fn.Signature().Params().At(0)
	used := false
	key := ""
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok {
				if sel.Sel.Name == "Handle" || sel.Sel.Name == "Enabled" {
					return false
				}
			}
		case *ast.Ident:
			used = used || g.pass.TypesInfo.Uses[n] == ctx
		case *ast.BasicLit:
			if text, ok := logapi.Constant(g.pass.TypesInfo, n); ok && key == "" && namesID(text) {
				key = text
			}
		}
		return true
	})
	return cmp.Or(key, "the correlation id"), used
}

// namesID reports whether a key is that of an id that lines have in common.
func namesID(key string) bool {
	words := sensitive.Words(key)
	has := func(list ...string) bool {
		return slices.ContainsFunc(list, func(word string) bool { return slices.Contains(words, word) })
	}
	return has("id", "ids") && has("request", "req", "correlation", "trace", "transaction") || has("requestid", "traceid", "correlationid", "reqid")
}

// requests are the types that a function is given with a request.
var requests = []string{
	"net/http.Request", "github.com/gin-gonic/gin.Context", "github.com/labstack/echo.Context", "github.com/gofiber/fiber.Ctx",
	"google.golang.org/grpc.UnaryHandler", "google.golang.org/grpc.ServerStream", "github.com/cloudwego/hertz/pkg/app.RequestContext",
}

// answers reports whether a function takes a request: net/http's beside a
// response writer.
func (g *gatherer) answers(fn *ast.FuncType) bool {
	request, writer := false, false
	for _, field := range fn.Params.List {
		switch name := typeName(g.pass.TypesInfo.TypeOf(field.Type)); {
		case name == "net/http.ResponseWriter":
			writer = true
		case name == "net/http.Request":
			request = true
		case slices.Contains(requests, name):
			return true
		}
	}
	return request && writer
}

// typeName spells a named type, or what a pointer to one points to, without the
// major version of its package.
func typeName(t types.Type) string {
	if t == nil {
		return ""
	}
	if pointer, ok := types.Unalias(t).(*types.Pointer); ok {
		t = pointer.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return ""
	}
	return logapi.Path(named.Obj().Pkg().Path()) + "." + named.Obj().Name()
}

// isRPC reports whether a method answers calls of gRPC: it takes a context and a
// message of protocol buffers and returns another one.
func (g *gatherer) isRPC(decl *ast.FuncDecl) bool {
	fn, ok := g.pass.TypesInfo.Defs[decl.Name].(*types.Func)
	if !ok || decl.Recv == nil {
		return false
	}
	params, results := fn.Signature().Params(), fn.Signature().Results()
	return params.Len() == 2 && results.Len() == 2 && typeName(params.At(0).Type()) == "context.Context" &&
		isMessage(params.At(1).Type()) && isMessage(results.At(0).Type())
}

func isMessage(t types.Type) bool {
	method, _, _ := types.LookupFieldOrMethod(t, true, nil, "ProtoReflect")
	return method != nil
}

// contextual are handlers and bridges of libraries that take ids from the context.
var contextual = map[string]string{
	"go.opentelemetry.io/contrib/bridges/otelslog": "the trace", "github.com/veqryn/slog-context": "the attributes of the request",
	"github.com/remychantenay/slog-otel": "trace_id", "github.com/go-slog/otelslog": "trace_id",
}

func (g *gatherer) call(call *ast.CallExpr) {
	fn, ok := typeutil.Callee(g.pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return
	}
	path := logapi.Path(fn.Pkg().Path())
	switch {
	case path == "log/slog" && fn.Name() == "SetDefault":
		g.add(call, Event{Kind: installs})
	case path == "log/slog" && fn.Name() == "New" && fn.Signature().Recv() == nil:
		g.add(call, Event{Kind: makes})
	case contextual[path] != "" && (fn.Name() == "NewHandler" || fn.Name() == "New" || fn.Name() == "NewLogger"):
		g.add(call, Event{Kind: reads, Library: "slog", Text: contextual[path]})
	case fn.Name() == "WithContext" && path == "github.com/rs/zerolog" || fn.Name() == "NewHandler" && path == "github.com/rs/zerolog/hlog":
		if key := g.boundNear(call); key != "" {
			g.add(call, Event{Kind: reads, Library: "zerolog", Text: key})
		}
	case path == "github.com/rs/zerolog/hlog" && fn.Name() == "RequestIDHandler":
		if key, ok := logapi.Constant(g.pass.TypesInfo, call.Args[0]); ok && key != "" {
			g.add(call, Event{Kind: reads, Library: "zerolog", Text: key})
		}
	case fn.FullName() == "context.WithValue" && len(call.Args) == 3:
		library := loggers[typeName(g.pass.TypesInfo.TypeOf(call.Args[2]))]
		if key := g.boundNear(call); library != "" && library != "slog" && key != "" {
			g.add(call, Event{Kind: reads, Library: library, Text: key})
		}
	default:
		g.line(call, fn)
	}
}

// loggers are the types of loggers that may be put into a context.
var loggers = map[string]string{
	"go.uber.org/zap.Logger": "zap", "go.uber.org/zap.SugaredLogger": "zap", "github.com/sirupsen/logrus.Entry": "logrus", "github.com/rs/zerolog.Logger": "zerolog",
}

// boundNear returns the key of an id that is bound to a logger in the function
// around a call; it is empty if none is.
func (g *gatherer) boundNear(n ast.Node) string {
	for n != nil {
		if _, ok := n.(*ast.FuncDecl); ok {
			break
		}
		n = g.graph.Parent(n)
	}
	if n == nil {
		return ""
	}
	key := ""
	ast.Inspect(n, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || key != "" {
			return key == ""
		}
		if fn, ok := typeutil.Callee(g.pass.TypesInfo, call).(*types.Func); ok {
			if log, ok := logapi.Lookup(fn); ok && log.Kind != logapi.Sink {
				for _, arg := range call.Args {
					if text, ok := logapi.Constant(g.pass.TypesInfo, arg); ok && namesID(text) {
						key = text
					}
				}
			}
		}
		return true
	})
	return key
}
