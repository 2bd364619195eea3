package missingcorrelationid

import (
	"go/ast"
	"go/constant"
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

// carriers are the headers and metadata keys that carry an id, in lower case and
// without what separates their words.
var carriers = []string{
	"xrequestid", "requestid", "xcorrelationid", "correlationid", "traceparent", "grpctracebin", "xcloudtracecontext", "xb3traceid", "b3", "xamzntraceid", "ubertraceid",
	"xtraceid", "traceid", "xrequesttraceid", "xdatadogtraceid", "xreqid", "reqid", "xtransactionid", "xgrequestid", "xmsrequestid", "xmscorrelationrequestid", "xamzrequestid", "amzsdkinvocationid",
	"cfray", "flyrequestid", "xvercelid", "sentrytrace", "elasticapmtraceparent", "newrelic", "xdevoryrequestid",
}

// Kind says what an [Event] is.
type Kind uint8

// The kinds: an id is taken or made, a connection becomes a web socket.
const (
	intake Kind = iota + 1
	socket
)

// An Event is something that a function does.
type Event struct {
	Kind Kind
	Site shutdown.Site
}

type gatherer struct {
	pass  *analysis.Pass
	graph *reach.Result
	found map[*reach.Node][]Event
	wants []string
}

// gather finds the functions of a package that take or make a correlation id.
func gather(pass *analysis.Pass, graph *reach.Result) map[*reach.Node][]Event {
	g := &gatherer{pass: pass, graph: graph, found: make(map[*reach.Node][]Event), wants: slices.Clone(carriers)}
	for _, header := range headers {
		g.wants = append(g.wants, plain(header))
	}
	for _, file := range pass.Files {
		if strings.HasSuffix(pass.Fset.File(file.FileStart).Name(), "_test.go") {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if g.call(n) {
					g.add(n, intake)
				} else if g.upgrades(n) {
					g.add(n, socket)
				}
			case *ast.IndexExpr: // r.Header["X-Request-Id"], md["x-request-id"]
				if g.isCarrier(n.Index) && g.isIncoming(n.X) && !g.isWritten(n) {
					g.add(n, intake)
				}
			case *ast.FuncDecl:
				if n.Body != nil && g.makes(n) {
					g.add(n.Name, intake)
				}
			}
			return true
		})
	}
	return g.found
}

func (g *gatherer) add(n ast.Node, kind Kind) {
	node := g.graph.NodeOf(n)
	if !slices.ContainsFunc(g.found[node], func(e Event) bool { return e.Kind == kind }) {
		g.found[node] = append(g.found[node], Event{kind, shutdown.SiteOf(g.pass, n)})
	}
}

// upgrades reports whether a call makes a web socket of a connection.
func (g *gatherer) upgrades(call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(g.pass.TypesInfo, call).(*types.Func)
	return ok && fn.Pkg() != nil && (fn.Name() == "Upgrade" || fn.Name() == "Accept" || fn.Name() == "UpgradeHTTP") &&
		(strings.Contains(fn.Pkg().Path(), "websocket") || strings.Contains(fn.Pkg().Path(), "gobwas/ws"))
}

// call reports whether a call takes an id from a request, or binds one to a log.
func (g *gatherer) call(call *ast.CallExpr) bool {
	fn, _ := typeutil.Callee(g.pass.TypesInfo, call).(*types.Func)
	if fn == nil {
		return false
	}
	if fn.Name() == "Extract" && fn.Pkg() != nil && propagates(fn.Pkg().Path()) {
		return true
	}
	if log, ok := logapi.Lookup(fn); ok {
		return log.Kind != logapi.Sink && slices.ContainsFunc(call.Args, g.isKey) && g.inHandler(call)
	}
	if !reads(fn.Name()) || !slices.ContainsFunc(call.Args, g.isCarrier) {
		return false
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return !ok || g.isIncoming(sel.X)
}

// propagates reports whether a package takes traces out of requests.
func propagates(path string) bool {
	return strings.HasPrefix(path, "go.opentelemetry.io/otel") || strings.HasPrefix(path, "github.com/opentracing/opentracing-go") ||
		strings.Contains(path, "dd-trace-go") || strings.HasPrefix(path, "go.opencensus.io/") || strings.HasPrefix(path, "github.com/openzipkin/")
}

// reads reports whether a function, by its name, reads.
func reads(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc([]string{"get", "value", "peek", "header", "lookup", "read", "extract", "from", "first", "find", "metadata"}, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}

// isIncoming reports whether headers may be those of an incoming request: not
// those of a response, be it one's own or somebody else's.
func (g *gatherer) isIncoming(x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.CallExpr: // w.Header()
		if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok && sel.Sel.Name == "Header" {
			t := g.pass.TypesInfo.TypeOf(sel.X)
			return t == nil || !strings.HasSuffix(t.String(), "ResponseWriter") && !strings.Contains(t.String(), "Response")
		}
	case *ast.SelectorExpr: // resp.Header
		t := g.pass.TypesInfo.TypeOf(x.X)
		return t == nil || !strings.HasSuffix(t.String(), "net/http.Response")
	}
	return true
}

// isWritten reports whether an element is assigned to.
func (g *gatherer) isWritten(x ast.Expr) bool {
	assign, ok := g.graph.Parent(x).(*ast.AssignStmt)
	return ok && slices.Contains(assign.Lhs, x)
}

// isCarrier reports whether an expression is the name of a header or metadata
// key for an id, or a variable that is named so.
func (g *gatherer) isCarrier(x ast.Expr) bool {
	tv := g.pass.TypesInfo.Types[x]
	if tv.Value != nil {
		return tv.Value.Kind() == constant.String && slices.Contains(g.wants, plain(constant.StringVal(tv.Value)))
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return namesID(x.Name) && isText(tv.Type)
	case *ast.SelectorExpr:
		return namesID(x.Sel.Name) && isText(tv.Type)
	case *ast.CallExpr: // http.CanonicalHeaderKey("X-Request-Id"), strings.ToLower(header)
		return len(x.Args) == 1 && g.isCarrier(x.Args[0])
	}
	return false
}

func isText(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsString != 0
}

// isKey reports whether an expression is the key of a log attribute for an id.
func (g *gatherer) isKey(x ast.Expr) bool {
	if call, ok := ast.Unparen(x).(*ast.CallExpr); ok && len(call.Args) > 0 { // slog.String("request_id", id)
		return g.isKey(call.Args[0])
	}
	text, ok := logapi.Constant(g.pass.TypesInfo, x)
	return ok && slices.ContainsFunc(keys, func(key string) bool { return plain(key) == plain(text) })
}

// plain drops case and separators.
func plain(name string) string {
	return strings.NewReplacer("-", "", "_", "", ".", "", " ", "").Replace(strings.ToLower(name))
}

// namesID reports whether a name is about an id for requests.
func namesID(name string) bool {
	words := sensitive.Words(name)
	has := func(list ...string) bool {
		return slices.ContainsFunc(list, func(word string) bool { return slices.Contains(words, word) })
	}
	return has("traceparent", "requestid", "correlationid", "traceid", "reqid") ||
		has("request", "req", "correlation", "trace", "transaction") && has("id", "ids", "uuid", "parent")
}

// makes reports whether a function makes an id for the request at hand: it
// answers or hands on requests, and makes an id that it puts into the context or
// that it says is for the request.
func (g *gatherer) makes(decl *ast.FuncDecl) bool {
	handles, fresh, keeps, named := g.takesRequest(decl.Type), false, false, false
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			handles = handles || g.takesRequest(n.Type)
		case *ast.CallExpr:
			fn, _ := typeutil.Callee(g.pass.TypesInfo, n).(*types.Func)
			if fn == nil || fn.Pkg() == nil {
				break
			}
			fresh = fresh || isFresh(fn)
			keeps = keeps || slices.Contains([]string{"context.WithValue", "Set", "Locals", "WithContext", "SetUserContext", "NewIncomingContext", "SetUserValue"}, fn.Name()) || fn.FullName() == "context.WithValue"
			named = named || namesID(fn.Name())
		case *ast.Ident:
			named = named || namesID(n.Name)
		}
		return true
	})
	return handles && (fresh && keeps || named && (fresh || keeps))
}

// isFresh reports whether a function makes an id that was not there before.
func isFresh(fn *types.Func) bool {
	path := logapi.Path(fn.Pkg().Path())
	switch {
	case slices.ContainsFunc([]string{"uuid", "ulid", "/xid", "ksuid", "nanoid", "snowflake", "shortuuid", "sonyflake", "betterguid", "cuid"}, func(lib string) bool { return strings.Contains(path, lib) }):
		return true
	case path == "math/rand", path == "crypto/rand":
		return true
	}
	return namesID(fn.Name()) && slices.ContainsFunc([]string{"new", "make", "gen", "next", "create", "rand"}, func(prefix string) bool { return strings.HasPrefix(strings.ToLower(fn.Name()), prefix) })
}

// inHandler reports whether a piece of syntax lies in a function that takes a
// request.
func (g *gatherer) inHandler(n ast.Node) bool {
	for ; n != nil; n = g.graph.Parent(n) {
		switch fn := n.(type) {
		case *ast.FuncLit:
			if g.takesRequest(fn.Type) {
				return true
			}
		case *ast.FuncDecl:
			return g.takesRequest(fn.Type)
		}
	}
	return false
}

// requests are the types of requests, and of what a handler is given with them.
var requests = []string{
	"net/http.Request", "github.com/gin-gonic/gin.Context", "github.com/labstack/echo.Context", "github.com/gofiber/fiber.Ctx", "github.com/valyala/fasthttp.RequestCtx",
	"google.golang.org/grpc.UnaryHandler", "google.golang.org/grpc.StreamHandler", "google.golang.org/grpc.ServerStream", "google.golang.org/grpc.UnaryServerInfo",
	"github.com/cloudwego/hertz/pkg/app.RequestContext", "connectrpc.com/connect.AnyRequest", "context.Context",
}

func (g *gatherer) takesRequest(fn *ast.FuncType) bool {
	for _, field := range fn.Params.List {
		t := g.pass.TypesInfo.TypeOf(field.Type)
		if pointer, ok := t.(*types.Pointer); ok {
			t = pointer.Elem()
		}
		if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Pkg() != nil &&
			slices.Contains(requests, logapi.Path(named.Obj().Pkg().Path())+"."+named.Obj().Name()) {
			return true
		}
	}
	return false
}
