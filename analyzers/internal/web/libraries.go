package web

import (
	"go/ast"
	"go/types"
	"regexp"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// library notes what a call of a library does that is not a router's.
func (g *gatherer) library(c *call, at ast.Node) {
	g.service(c, at)
	g.health(c, at)
	g.serving(c, at)
	g.client(c, at)
	g.metric(c, at)
	if c.is("net/http", "", "StripPrefix") {
		g.below(g.cell(c.arg(1)), "", g.texts(c.arg(0)))
	}
	if v, ok := passesOn(c); !ok {
		g.origin(c)
	} else if c.recv != nil && g.result(c) == "" {
		g.flow(g.cell(c.recv), v)
	}
	g.given(c, at)
}

// origin notes what a library makes: a router, a handler.
func (g *gatherer) origin(c *call) {
	v := c.value()
	if v == nil {
		return
	}
	results := c.fn.Signature().Results()
	for i := range results.Len() {
		t := results.At(i).Type()
		if !carriesHandler(t) {
			continue
		}
		from := known(c.fn.Pkg().Path(), c.fn.Pkg().Name()+"."+c.name)
		if named := namedOf(t); named != nil && isRouter(named) {
			from = routerPrefix + named.Obj().Pkg().Path()
		}
		cell := g.callCell(v, i, maxSteps)
		if cell != "" {
			g.add(nil, Event{Kind: flow, To: cell, From: from})
		}
	}
}

// carriesHandler reports whether values of a type answer requests.
func carriesHandler(t types.Type) bool {
	if s, ok := t.Underlying().(*types.Signature); ok && answers(s) {
		return true
	}
	named := namedOf(t)
	return isHandler(t) || named != nil && (isRouter(named) || isHandlerName(named))
}

// passesOn returns the handler that a call puts something around: the only one
// that it is given, if it returns one. A method may keep it in its receiver.
func passesOn(c *call) (ssa.Value, bool) {
	if c.static != nil && c.fn == nil {
		return nil, false
	}
	var handler ssa.Value
	for _, arg := range c.args {
		if !carriesHandler(arg.Type()) {
			continue
		}
		if handler != nil {
			return nil, false
		}
		handler = arg
	}
	if handler == nil {
		return nil, false
	}
	results := c.instr.Common().Signature().Results()
	if results.Len() == 0 {
		return handler, c.recv != nil && carriesHandler(c.recv.Type())
	}
	return handler, carriesHandler(results.At(0).Type())
}

var registers = regexp.MustCompile(`^Register(\w+)Server$`)

// service notes a gRPC service that is registered.
func (g *gatherer) service(c *call, at ast.Node) {
	if c.fn == nil || !registers.MatchString(c.name) || len(c.args) < 2 {
		return
	}
	if t := c.args[0].Type(); !isNamed(t, "google.golang.org/grpc", "Server") && !isNamed(t, "google.golang.org/grpc", "ServiceRegistrar") {
		return
	}
	role := Role(0)
	if c.name == "RegisterHealthServer" || strings.Contains(c.path, "grpc_health") {
		role = healthService
	}
	g.add(at, Event{Kind: service, Name: c.name, Role: role})
}

const healthService Role = 1

// health notes routes that libraries for health checks add by themselves.
func (g *gatherer) health(c *call, at ast.Node) {
	add := func(library string, paths ...string) {
		for _, path := range paths {
			g.add(at, Event{Kind: route, To: defaultMux, Library: library, Text: literal(path), Methods: []string{"GET"}, Handler: healthPrefix + c.fn.Pkg().Name() + "." + c.name})
		}
	}
	switch {
	case c.name == "AddHealthzCheck" && strings.HasPrefix(c.path, "sigs.k8s.io/controller-runtime"):
		add("controller-runtime", "/healthz")
	case c.name == "AddReadyzCheck" && strings.HasPrefix(c.path, "sigs.k8s.io/controller-runtime"):
		add("controller-runtime", "/readyz")
	case c.path == "github.com/heptiolabs/healthcheck" && (c.name == "NewHandler" || c.name == "NewMetricsHandler"):
		add("healthcheck", "/live", "/ready")
	case c.path == "github.com/gofiber/fiber/middleware/healthcheck" && c.name == "New" && !strings.Contains(c.fn.Pkg().Path(), "/v3"):
		add("fiber", "/livez", "/readyz")
	case c.is("github.com/go-chi/chi/middleware", "", "Heartbeat"):
		texts := g.texts(c.arg(0))
		g.want(texts)
		for _, text := range texts {
			g.add(at, Event{Kind: route, Library: "chi", Text: text, Methods: []string{"GET", "HEAD"}, Handler: healthPrefix + "middleware.Heartbeat"})
		}
	case c.is("github.com/grpc-ecosystem/grpc-gateway/runtime", "", "WithHealthzEndpoint"):
		add("grpc-gateway", "/healthz")
	case c.is("github.com/grpc-ecosystem/grpc-gateway/runtime", "", "WithHealthEndpointAt"):
		for _, text := range g.texts(c.arg(1)) {
			g.add(at, Event{Kind: route, Library: "grpc-gateway", Text: text, Methods: []string{"GET"}, Handler: healthPrefix + "runtime.WithHealthEndpointAt"})
		}
	case c.path == "connectrpc.com/grpchealth" && c.name == "NewHandler":
		g.add(at, Event{Kind: service, Name: "grpchealth.NewHandler", Role: healthService})
	}
}

// given notes that a library is given a router, or a handler that may be one,
// and may add routes: unless it is known not to, or only wraps what it is given.
func (g *gatherer) given(c *call, at ast.Node) {
	path := c.fn.Pkg().Path()
	first, _, _ := strings.Cut(path, "/")
	if !strings.Contains(first, ".") || underAny(logapi.Path(path), plainPackages) || serveTable[serveKey(c)].library != "" {
		return
	}
	if _, ok := routers[c.path]; ok {
		return
	}
	if registers.MatchString(c.name) {
		return
	}
	for _, arg := range c.rest(0) {
		t := plain(arg).Type()
		named := namedOf(t)
		if named == nil || !isRouter(named) && !isNamed(t, "net/http", "Handler") {
			continue
		}
		g.add(at, Event{Kind: unseen, Name: callText(at, c.fn) + " is given a router and may add routes"})
		return
	}
}
