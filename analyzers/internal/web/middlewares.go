package web

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// A wrapper is what a function of a library is for that makes, or is, a
// middleware; without names it holds for all of the package.
type wrapper struct {
	path  string // without version; also of what lies below
	names []string
	role  Role
}

const traced = Tracing | RequestID

// wrappers lists what is known of middlewares; the first entry that fits counts.
var wrappers = []wrapper{
	{"github.com/go-chi/chi/middleware", []string{"RequestID"}, RequestID},
	{"github.com/go-chi/chi/middleware", []string{"Logger", "RequestLogger"}, AccessLog},
	{"github.com/go-chi/chi/middleware", nil, 0},
	{"github.com/go-chi/httplog", []string{"RequestLogger", "Handler"}, AccessLog},
	{"github.com/go-chi/metrics", nil, Measuring},
	{"github.com/go-chi/telemetry", nil, Measuring},
	{"github.com/go-chi", nil, 0},
	{"github.com/gin-gonic/gin", []string{"Default", "Logger", "LoggerWithConfig", "LoggerWithFormatter", "LoggerWithWriter"}, AccessLog},
	{"github.com/gin-gonic/gin", nil, 0},
	{"github.com/gin-contrib/requestid", []string{"New"}, RequestID},
	{"github.com/gin-contrib/logger", []string{"SetLogger"}, AccessLog},
	{"github.com/gin-contrib/zap", []string{"Ginzap", "GinzapWithConfig"}, AccessLog},
	{"github.com/gin-contrib/slog", nil, AccessLog},
	{"github.com/gin-contrib/opengintracing", nil, traced},
	{"github.com/gin-contrib", nil, 0},
	{"github.com/labstack/echo/middleware", []string{"RequestID", "RequestIDWithConfig"}, RequestID},
	{"github.com/labstack/echo/middleware", []string{"Logger", "LoggerWithConfig", "RequestLogger", "RequestLoggerWithConfig"}, AccessLog},
	{"github.com/labstack/echo/middleware", nil, 0},
	{"github.com/labstack/echo-contrib/echoprometheus", []string{"NewMiddleware", "NewMiddlewareWithConfig"}, Measuring},
	{"github.com/labstack/echo-contrib/prometheus", nil, Measuring},
	{"github.com/labstack/echo-contrib/jaegertracing", nil, traced},
	{"github.com/labstack/echo-contrib/zipkintracing", nil, traced},
	{"github.com/labstack", nil, 0},
	{"github.com/gofiber/fiber/middleware/requestid", nil, RequestID},
	{"github.com/gofiber/fiber/middleware/logger", nil, AccessLog},
	{"github.com/gofiber/contrib/otelfiber", nil, traced | Measuring},
	{"github.com/gofiber/contrib/otel", nil, traced | Measuring},
	{"github.com/gofiber/contrib/fiberzap", nil, AccessLog},
	{"github.com/gofiber/contrib/fiberzerolog", nil, AccessLog},
	{"github.com/gofiber", nil, 0},
	{"github.com/ansrivas/fiberprometheus", nil, Measuring},
	{"github.com/rs/zerolog/hlog", []string{"RequestIDHandler"}, RequestID},
	{"github.com/rs/zerolog/hlog", []string{"AccessHandler"}, AccessLog},
	{"github.com/rs/zerolog/hlog", nil, 0},
	{"github.com/gorilla/handlers", []string{"LoggingHandler", "CombinedLoggingHandler", "CustomLoggingHandler"}, AccessLog},
	{"github.com/gorilla", nil, 0},
	{"github.com/samber/slog-gin", nil, AccessLog}, {"github.com/samber/slog-echo", nil, AccessLog}, {"github.com/samber/slog-chi", nil, AccessLog},
	{"github.com/samber/slog-fiber", nil, AccessLog}, {"github.com/samber/slog-http", nil, AccessLog},
	{"github.com/urfave/negroni", []string{"NewLogger", "Classic"}, AccessLog},
	{"github.com/urfave/negroni", nil, 0},
	{"github.com/meatballhat/negroni-logrus", nil, AccessLog},
	{"github.com/dgryski/go-logrus", nil, AccessLog}, {"github.com/chi-middleware/logrus-logger", nil, AccessLog}, {"github.com/toorop/gin-logrus", nil, AccessLog},
	{"github.com/grpc-ecosystem/go-grpc-middleware/interceptors/logging", []string{"UnaryServerInterceptor", "StreamServerInterceptor"}, AccessLog},
	{"github.com/grpc-ecosystem/go-grpc-middleware/logging", []string{"UnaryServerInterceptor", "StreamServerInterceptor"}, AccessLog},
	{"github.com/grpc-ecosystem/go-grpc-middleware/tracing", []string{"UnaryServerInterceptor", "StreamServerInterceptor"}, traced},
	{"github.com/grpc-ecosystem/go-grpc-middleware/providers/prometheus", []string{"UnaryServerInterceptor", "StreamServerInterceptor"}, Measuring},
	{"github.com/grpc-ecosystem/go-grpc-prometheus", []string{"UnaryServerInterceptor", "StreamServerInterceptor"}, Measuring},
	{"github.com/grpc-ecosystem/grpc-opentracing/go/otgrpc", []string{"OpenTracingServerInterceptor", "OpenTracingStreamServerInterceptor"}, traced},
	{"github.com/grpc-ecosystem", nil, 0},
	{"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp", []string{"NewHandler", "NewMiddleware"}, traced | Measuring},
	{"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc", []string{"NewServerHandler", "UnaryServerInterceptor", "StreamServerInterceptor"}, traced | Measuring},
	{"go.opentelemetry.io/contrib/instrumentation", []string{"Middleware", "Filter", "OTelFilter"}, traced | Measuring},
	{"go.opentelemetry.io", nil, 0},
	{"connectrpc.com/otelconnect", []string{"NewInterceptor"}, traced | Measuring},
	{"github.com/riandyrn/otelchi", []string{"Middleware"}, traced},
	{"github.com/riandyrn/otelchi/metric", nil, Measuring},
	{"go.opencensus.io/plugin/ochttp", []string{"Handler"}, traced | Measuring},
	{"github.com/opentracing-contrib/go-stdlib/nethttp", []string{"Middleware", "MiddlewareFunc"}, traced},
	{"github.com/openzipkin/zipkin-go/middleware/http", []string{"NewServerMiddleware"}, traced},
	{"github.com/aws/aws-xray-sdk-go/xray", []string{"Handler", "HandlerWithContext"}, traced},
	{"go.elastic.co/apm", []string{"Wrap", "Middleware", "NewUnaryServerInterceptor", "NewStreamServerInterceptor"}, traced | Measuring},
	{"github.com/newrelic/go-agent", []string{"WrapHandle", "WrapHandleFunc", "Middleware", "UnaryServerInterceptor", "StreamServerInterceptor", "WrapRouter", "InstrumentRoutes"}, traced | Measuring},
	{"github.com/getsentry/sentry-go", nil, 0},
	{"github.com/prometheus/client_golang/prometheus/promhttp", []string{"InstrumentHandlerDuration"}, Measuring},
	{"github.com/slok/go-http-metrics/middleware", nil, Measuring},
	{"github.com/zsais/go-gin-prometheus", nil, Measuring}, {"github.com/penglongli/gin-metrics", nil, Measuring}, {"github.com/Depado/ginprom", nil, Measuring},
	{"github.com/766b/chi-prometheus", nil, Measuring}, {"github.com/edjumacator/chi-prometheus", nil, Measuring},
	{"github.com/go-kratos/kratos/middleware/tracing", []string{"Server"}, traced}, {"github.com/go-kratos/kratos/middleware/logging", []string{"Server"}, AccessLog},
	{"github.com/go-kratos/kratos/middleware/metrics", []string{"Server"}, Measuring},
	{"github.com/rs/cors", nil, 0}, {"golang.org/x/net/http2", nil, 0}, {"google.golang.org/grpc", nil, 0}, {"github.com/justinas", nil, 0}, {"github.com/NYTimes/gziphandler", nil, 0},
	{"github.com/klauspost/compress/gzhttp", nil, 0}, {"github.com/unrolled/secure", nil, 0}, {"github.com/didip/tollbooth", nil, 0}, {"github.com/felixge/httpsnoop", nil, 0},
	{"github.com/prometheus", nil, 0}, {"connectrpc.com", nil, 0}, {"golang.org/x/crypto/acme/autocert", nil, 0}, {"github.com/valyala/fasthttp", nil, 0}, {"github.com/swaggo", nil, 0},
}

// roleOf returns what a function of a library is for; it is false if nothing is
// known of its package.
func roleOf(fn *types.Func) (Role, bool) {
	path := logapi.Path(fn.Pkg().Path())
	if first, _, _ := strings.Cut(path, "/"); !strings.Contains(first, ".") {
		return 0, true
	}
	if strings.HasPrefix(path, "gopkg.in/DataDog/dd-trace-go") || strings.HasPrefix(path, "github.com/DataDog/dd-trace-go") {
		if strings.Contains(path, "/contrib/") && !strings.Contains(path, "/database") {
			return traced | Measuring, true
		}
		return 0, true
	}
	known := false
	for _, w := range wrappers {
		if path != w.path && !strings.HasPrefix(path, w.path+"/") {
			continue
		}
		known = true
		if w.names == nil || slices.Contains(w.names, fn.Name()) {
			return w.role, true
		}
	}
	return 0, known
}

// around notes middlewares: those that a call makes or is given.
func (g *gatherer) around(c *call, at ast.Node) {
	role, known := roleOf(c.fn)
	switch {
	case role != 0 && c.typ != "Route":
		g.add(at, Event{Kind: middleware, Role: role, Name: callText(at, c.fn)})
	case !known && makesMiddleware(c.fn):
		g.add(at, Event{Kind: middleware, Role: Unknown, Name: callText(at, c.fn)})
	}
	for _, arg := range c.args {
		g.referred(arg, c.instr.Pos())
	}
	g.exporting(c)
	g.does(c)
}

// referred notes a middleware that is handed on as a function value.
func (g *gatherer) referred(v ssa.Value, pos token.Pos) {
	fn, ok := plain(v).(*ssa.Function)
	if !ok {
		return
	}
	obj, ok := fn.Object().(*types.Func)
	if !ok || obj.Pkg() == nil || g.isOwn(obj.Pkg()) {
		return
	}
	e := Event{Kind: middleware, Name: obj.Pkg().Name() + "." + obj.Name(), Site: g.siteAt(pos)}
	role, known := roleOf(obj)
	if e.Role = role; !known && isMiddleware(obj.Signature()) {
		e.Role = Unknown
	}
	if e.Role != 0 {
		g.add(nil, e)
	}
}

// makesMiddleware reports whether a function of a library returns a middleware,
// or is one.
func makesMiddleware(fn *types.Func) bool {
	s := fn.Signature()
	if isMiddleware(s) {
		return true
	}
	for result := range s.Results().Variables() {
		if inner, ok := result.Type().Underlying().(*types.Signature); ok && isMiddleware(inner) {
			return true
		}
		for path, names := range middlewareTypes {
			for _, name := range names {
				if isNamed(result.Type(), path, name) {
					return true
				}
			}
		}
	}
	return false
}

var middlewareTypes = map[string][]string{
	"github.com/gin-gonic/gin": {"HandlerFunc"}, "github.com/labstack/echo": {"MiddlewareFunc"}, "github.com/gofiber/fiber": {"Handler"},
	"google.golang.org/grpc": {"UnaryServerInterceptor", "StreamServerInterceptor"}, "google.golang.org/grpc/stats": {"Handler"}, "connectrpc.com/connect": {"Interceptor"},
}

// isMiddleware reports whether a function takes a handler and returns one.
func isMiddleware(s *types.Signature) bool {
	return s.Params().Len() >= 1 && s.Results().Len() == 1 && carriesHandler(s.Results().At(0).Type()) && !isRouterType(s.Results().At(0).Type()) &&
		carriesHandler(s.Params().At(s.Params().Len()-1).Type())
}

func isRouterType(t types.Type) bool {
	named := namedOf(t)
	return named != nil && isRouter(named)
}

// exporting notes that spans are exported.
func (g *gatherer) exporting(c *call) {
	switch {
	case c.is("go.opentelemetry.io/otel", "", "SetTracerProvider"), c.is("github.com/opentracing/opentracing-go", "", "SetGlobalTracer"),
		c.is("go.opencensus.io/trace", "", "RegisterExporter"), c.is("go.opentelemetry.io/otel/sdk/trace", "", "NewTracerProvider"),
		c.name == "Start" && strings.Contains(c.path, "dd-trace-go") && strings.HasSuffix(c.path, "tracer"),
		strings.HasPrefix(c.path, "github.com/aws/aws-xray-sdk-go"), strings.HasPrefix(c.path, "github.com/newrelic/go-agent"),
		strings.HasPrefix(c.path, "go.elastic.co/apm"), strings.HasPrefix(c.path, "github.com/openzipkin"),
		strings.HasPrefix(c.path, "go.opentelemetry.io/contrib/exporters/autoexport"), strings.HasPrefix(c.path, "go.opentelemetry.io/contrib/config"), strings.HasPrefix(c.path, "go.opentelemetry.io/contrib/otelconf"),
		strings.HasPrefix(c.path, "github.com/uptrace/uptrace-go"), strings.HasPrefix(c.path, "github.com/honeycombio"), strings.HasPrefix(c.path, "github.com/uber/jaeger-client-go"):
		g.add(nil, Event{Kind: provider})
	}
}

// does notes that the function at hand logs, measures or traces, and that it
// hands requests on.
func (g *gatherer) does(c *call) {
	role := Role(0)
	if logs(c.fn) {
		role = AccessLog
	}
	switch {
	case c.name == "Observe" && strings.Contains(c.path, "prometheus"), c.name == "Record" && c.path == "go.opentelemetry.io/otel/metric", c.name == "Timing" || c.name == "Histogram" || c.name == "Distribution",
		c.name == "UpdateDuration" || c.name == "Update" && strings.Contains(c.path, "VictoriaMetrics/metrics"):
		role = Measuring
	case c.name == "Start" && c.path == "go.opentelemetry.io/otel/trace", c.name == "StartSpan" || c.name == "StartSpanFromContext":
		role = Tracing
	}
	if role != 0 {
		g.did(role)
	}
}

// logs reports whether a function of a library writes a log.
func logs(fn *types.Func) bool {
	f, ok := logapi.Lookup(fn)
	return ok && f.Kind == logapi.Sink && f.Library != "fmt"
}

func (g *gatherer) did(role Role) {
	for _, e := range g.events[g.node] {
		if e.Kind == doing && e.Role == role {
			return
		}
	}
	g.add(nil, Event{Kind: doing, Role: role})
}

// forwards notes a function of the user's that hands a request on to the next
// handler: a middleware or an interceptor.
func (g *gatherer) forwards(fn *ssa.Function) {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			c, ok := instr.(*ssa.Call)
			if !ok || !asksNext(c) && !intercepts(&c.Call) {
				continue
			}
			top := fn
			for top.Parent() != nil {
				top = top.Parent()
			}
			g.add(g.namedSyntax(fn), Event{Kind: middleware, Role: Own, Name: top.Name(), Handler: id(top)})
			return
		}
	}
}

// namedSyntax returns the name of the declared function that holds a function.
func (g *gatherer) namedSyntax(fn *ssa.Function) ast.Node {
	for ; fn != nil; fn = fn.Parent() {
		if decl, ok := fn.Syntax().(*ast.FuncDecl); ok {
			return decl.Name
		}
	}
	return nil
}

// intercepts reports whether a call hands a gRPC call on.
func intercepts(c *ssa.CallCommon) bool {
	return !c.IsInvoke() && (isNamed(c.Value.Type(), "google.golang.org/grpc", "UnaryHandler") || isNamed(c.Value.Type(), "google.golang.org/grpc", "StreamHandler"))
}
