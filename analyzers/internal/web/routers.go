package web

import (
	"go/types"
	"slices"
	"strings"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// An act is what a method of a router does.
type act uint8

const (
	answer    act = iota + 1 // registers a route
	group                    // makes a router below a prefix
	scope                    // hands a router below a prefix to a function
	mount                    // puts a handler below a prefix
	use                      // adds middlewares, and returns the router or nothing
	fallback                 // registers what answers where nothing else does
	files                    // serves files below a path
	generated                // registers a route under what the compiler of grpc-gateway has made
	rebase                   // puts the router itself below a prefix
	builder                  // a step of a chain: see chain in gorilla.go
)

// A routing says what a method of a router does with which arguments; an index
// of -1 says that there is none.
type routing struct {
	act     act
	method  string // of the requests answered: "GET", "" for all, "#0" as argument 0 says
	path    int
	handler int
}

// A library is what is known of a library that routes requests.
type library struct {
	name  string
	types []string // its routers and groups
	calls map[string]routing
	// functions are package functions that work on a router that is the default.
	functions map[string]routing
}

var verbs = []string{"Get", "Head", "Post", "Put", "Patch", "Delete", "Connect", "Options", "Trace"}

// each makes a routing of each method of HTTP, named in mixed case or in
// capitals.
func each(spell func(string) string, path, handler int) map[string]routing {
	m := make(map[string]routing)
	for _, verb := range verbs {
		m[spell(verb)] = routing{act: answer, method: strings.ToUpper(verb), path: path, handler: handler}
	}
	return m
}

func mixed(name string) string { return name }

func merge(maps ...map[string]routing) map[string]routing {
	all := make(map[string]routing)
	for _, m := range maps {
		for name, r := range m {
			all[name] = r
		}
	}
	return all
}

var (
	adds     = routing{act: use, path: -1, handler: -1}
	standard = map[string]routing{
		"Handle":     {act: answer, path: 0, handler: 1},
		"HandleFunc": {act: answer, path: 0, handler: 1},
	}
)

// routers lists the libraries by import path, without version.
var routers = map[string]library{
	"net/http": {name: "net/http", types: []string{"ServeMux"}, calls: standard, functions: standard},
	"github.com/gin-gonic/gin": {name: "gin", types: []string{"Engine", "RouterGroup", "IRoutes", "IRouter"}, calls: merge(
		each(strings.ToUpper, 0, 1), map[string]routing{
			"Any": {act: answer, path: 0, handler: 1}, "Handle": {act: answer, method: "#0", path: 1, handler: 2},
			"Match": {act: answer, method: "#0", path: 1, handler: 2}, "Group": {act: group, path: 0, handler: -1},
			"Use": adds, "With": adds, "NoRoute": {act: fallback, path: -1, handler: 0}, "NoMethod": {act: fallback, path: -1, handler: 0},
			"Static": {act: files, path: 0, handler: -1}, "StaticFS": {act: files, path: 0, handler: -1},
			"StaticFile": {act: files, path: 0, handler: -1}, "StaticFileFS": {act: files, path: 0, handler: -1},
		})},
	"github.com/labstack/echo": {name: "echo", types: []string{"Echo", "Group"}, calls: merge(
		each(strings.ToUpper, 0, 1), map[string]routing{
			"Any": {act: answer, path: 0, handler: 1}, "Add": {act: answer, method: "#0", path: 1, handler: 2},
			"Match": {act: answer, method: "#0", path: 1, handler: 2}, "Group": {act: group, path: 0, handler: -1},
			"Host": {act: group, path: -1, handler: -1}, "Use": adds, "Pre": adds, "RouteNotFound": {act: fallback, path: 0, handler: 1},
			"Static": {act: files, path: 0, handler: -1}, "StaticFS": {act: files, path: 0, handler: -1},
			"File": {act: files, path: 0, handler: -1}, "FileFS": {act: files, path: 0, handler: -1},
		})},
	"github.com/go-chi/chi": {name: "chi", types: []string{"Mux", "Router"}, calls: merge(
		each(mixed, 0, 1), standard, map[string]routing{
			"Method": {act: answer, method: "#0", path: 1, handler: 2}, "MethodFunc": {act: answer, method: "#0", path: 1, handler: 2},
			"Route": {act: scope, path: 0, handler: 1}, "Group": {act: scope, path: -1, handler: 0}, "With": {act: group, path: -1, handler: -1},
			"Mount": {act: mount, path: 0, handler: 1}, "Use": adds,
			"NotFound": {act: fallback, path: -1, handler: 0}, "MethodNotAllowed": {act: fallback, path: -1, handler: 0},
		})},
	"github.com/gofiber/fiber": {name: "fiber", types: []string{"App", "Group", "Router", "Registering", "Register"}, calls: merge(
		each(mixed, 0, 1), map[string]routing{
			"All": {act: answer, path: 0, handler: 1}, "Add": {act: answer, method: "#0", path: 1, handler: 2},
			"Group": {act: group, path: 0, handler: -1}, "Route": {act: scope, path: 0, handler: 1}, "RouteChain": {act: group, path: 0, handler: -1},
			"Mount": {act: mount, path: 0, handler: 1}, "Use": adds, "Static": {act: files, path: 0, handler: -1},
		})},
	"github.com/gorilla/mux": {name: "gorilla/mux", types: []string{"Router"}, calls: merge(standard, map[string]routing{
		"Use": adds, "StrictSlash": adds, "UseEncodedPath": adds, "SkipClean": adds, "OmitRouteFromContext": adds, "OmitRouterFromContext": adds,
		"Path": {act: builder}, "PathPrefix": {act: builder}, "Methods": {act: builder}, "Host": {act: builder}, "NewRoute": {act: builder},
		"Queries": {act: builder}, "Schemes": {act: builder}, "Headers": {act: builder}, "HeadersRegexp": {act: builder}, "MatcherFunc": {act: builder},
		"Name": {act: builder}, "BuildVarsFunc": {act: builder},
	})},
	"github.com/julienschmidt/httprouter": {name: "httprouter", types: []string{"Router"}, calls: merge(
		each(strings.ToUpper, 0, 1), map[string]routing{
			"Handle": {act: answer, method: "#0", path: 1, handler: 2}, "Handler": {act: answer, method: "#0", path: 1, handler: 2},
			"HandlerFunc": {act: answer, method: "#0", path: 1, handler: 2}, "ServeFiles": {act: files, path: 0, handler: -1},
		})},
	"github.com/fasthttp/router": {name: "fasthttp/router", types: []string{"Router", "Group"}, calls: merge(
		each(strings.ToUpper, 0, 1), map[string]routing{
			"ANY": {act: answer, path: 0, handler: 1}, "Handle": {act: answer, method: "#0", path: 1, handler: 2},
			"Group": {act: group, path: 0, handler: -1}, "ServeFiles": {act: files, path: 0, handler: -1},
			"ServeFilesCustom": {act: files, path: 0, handler: -1}, "ServeFS": {act: files, path: 0, handler: -1},
		})},
	"github.com/emicklei/go-restful": {name: "go-restful", types: []string{"WebService", "Container"}, calls: merge(
		each(strings.ToUpper, 0, -1), map[string]routing{
			"Path": {act: rebase, path: 0, handler: -1}, "Add": adds, "Filter": adds, "Route": adds, "Consumes": adds, "Produces": adds, "Doc": adds,
			"Handle": {act: answer, path: 0, handler: 1}, "HandleWithFilter": {act: answer, path: 0, handler: 1},
		})},
	"github.com/grpc-ecosystem/grpc-gateway/runtime": {name: "grpc-gateway", types: []string{"ServeMux"}, calls: map[string]routing{
		"HandlePath": {act: answer, method: "#0", path: 1, handler: 2}, "Handle": {act: generated, method: "#0", path: 1, handler: 2},
	}},
	"github.com/prometheus/common/route": {name: "route", types: []string{"Router"}, calls: map[string]routing{
		"Get": {act: answer, method: "GET", path: 0, handler: 1}, "Put": {act: answer, method: "PUT", path: 0, handler: 1},
		"Post": {act: answer, method: "POST", path: 0, handler: 1}, "Del": {act: answer, method: "DELETE", path: 0, handler: 1},
		"Options": {act: answer, method: "OPTIONS", path: 0, handler: 1}, "Head": {act: answer, method: "HEAD", path: 0, handler: 1},
		"WithPrefix": {act: group, path: 0, handler: -1}, "WithInstrumentation": {act: group, path: -1, handler: -1},
	}},
	"github.com/danielgtaylor/huma": {name: "huma", types: []string{"API", "Group"}, functions: each(mixed, 1, 2)},
}

// libraryOf returns what is known of the library with a package.
func libraryOf(path string) (library, bool) {
	lib, ok := routers[logapi.Path(path)]
	return lib, ok
}

// isRouter reports whether a type is a router or a group of one.
func isRouter(named *types.Named) bool {
	if named.Obj().Pkg() == nil {
		return false
	}
	lib, ok := libraryOf(named.Obj().Pkg().Path())
	return ok && slices.Contains(lib.types, named.Obj().Name()) || isNamed(named, "google.golang.org/grpc", "Server")
}

// isHandlerName reports whether a named type is what a library takes for a
// handler.
func isHandlerName(named *types.Named) bool {
	if named.Obj().Pkg() == nil {
		return false
	}
	switch logapi.Path(named.Obj().Pkg().Path()) + "." + named.Obj().Name() {
	case "net/http.Handler", "net/http.HandlerFunc", "github.com/gin-gonic/gin.HandlerFunc", "github.com/labstack/echo.HandlerFunc", "github.com/gofiber/fiber.Handler",
		"github.com/julienschmidt/httprouter.Handle", "github.com/valyala/fasthttp.RequestHandler":
		return true
	}
	return false
}

// routing returns what a call does to a router, nil if it does nothing.
func (c *call) routing() *routing {
	if c.fn == nil {
		return nil
	}
	lib, ok := routers[c.path]
	if !ok {
		return nil
	}
	calls := lib.functions
	if c.recv != nil {
		if !slices.Contains(lib.types, c.typ) && !(c.path == gorilla && c.typ == "Route") {
			return nil
		}
		calls = lib.calls
	}
	if r, ok := calls[c.name]; ok {
		return &r
	}
	return nil
}

// plainPackages lists, without version, packages whose handlers are no health
// checks and whose functions may be given a router without adding any.
var plainPackages = []string{
	"net/http/pprof", "expvar", "net/rpc",
	"github.com/prometheus/client_golang/prometheus/promhttp", "github.com/prometheus/exporter-toolkit/web", "github.com/prometheus/client_golang/prometheus/push",
	"github.com/zsais/go-gin-prometheus", "github.com/penglongli/gin-metrics", "github.com/Depado/ginprom", "github.com/ansrivas/fiberprometheus", "github.com/labstack/echo-contrib",
	"github.com/slok/go-http-metrics", "github.com/VictoriaMetrics/metrics", "github.com/felixge/fgprof", "github.com/arl/statsviz", "contrib.go.opencensus.io/exporter/prometheus",
	"github.com/gin-contrib", "github.com/gin-gonic/contrib", "github.com/swaggo", "github.com/go-openapi/runtime/middleware", "github.com/99designs/gqlgen", "github.com/graph-gophers", "github.com/graphql-go",
	"github.com/gorilla", "nhooyr.io/websocket", "github.com/coder/websocket", "golang.org/x/net/websocket", "golang.org/x/net/http2", "golang.org/x/net/webdav", "golang.org/x/net/trace",
	"golang.org/x/crypto/acme/autocert", "github.com/rs/cors", "github.com/rs/zerolog/hlog", "github.com/go-chi", "github.com/justinas", "github.com/urfave/negroni", "github.com/phyber/negroni-gzip",
	"github.com/NYTimes/gziphandler", "github.com/klauspost/compress/gzhttp", "github.com/CAFxX/httpcompression", "github.com/nanmu42/gzip", "github.com/didip/tollbooth", "github.com/ulule/limiter",
	"github.com/unrolled", "github.com/felixge/httpsnoop", "github.com/alexedwards/scs", "github.com/throttled", "github.com/sebest/xff", "github.com/mitchellh/go-server-timing",
	"go.opentelemetry.io", "go.opencensus.io", "github.com/opentracing-contrib", "github.com/opentracing/opentracing-go", "github.com/openzipkin", "github.com/DataDog", "gopkg.in/DataDog", "github.com/aws/aws-xray-sdk-go",
	"github.com/newrelic", "github.com/getsentry", "go.elastic.co/apm", "github.com/samber", "github.com/riandyrn/otelchi", "github.com/vektah", "github.com/googollee/go-socket.io", "github.com/zishang520",
	"github.com/gofiber", "github.com/labstack/echo", "github.com/valyala/fasthttp", "github.com/grpc-ecosystem", "google.golang.org/grpc", "connectrpc.com", "github.com/soheilhy/cmux", "github.com/improbable-eng/grpc-web",
	"github.com/CloudyKit", "github.com/elazarl/go-bindata-assetfs", "github.com/rakyll/statik", "github.com/dstotijn", "github.com/mark3labs", "github.com/modelcontextprotocol", "github.com/jub0bs", "github.com/danielgtaylor/huma",
	"github.com/hashicorp/go-plugin", "github.com/awslabs/aws-lambda-go-api-proxy", "github.com/akrylysov/algnhsa",
}

// healthPackages lists packages whose handlers are health checks.
var healthPackages = []string{
	"github.com/hellofresh/health-go", "github.com/alexliesenfeld/health", "github.com/heptiolabs/healthcheck", "github.com/InVisionApp/go-health",
	"github.com/AppsFlyer/go-sundheit", "github.com/etherlabsio/healthcheck", "github.com/tavsec/gin-healthcheck", "connectrpc.com/grpchealth",
	"github.com/gofiber/fiber/middleware/healthcheck", "sigs.k8s.io/controller-runtime/pkg/healthz", "k8s.io/apiserver/pkg/server/healthz", "github.com/nelkinda/health-go", "github.com/dimiro1/health",
}

// known names a handler of a library by what is known of its package.
func known(path, name string) string {
	bare := logapi.Path(path)
	switch first, _, _ := strings.Cut(path, "/"); {
	case underAny(bare, healthPackages):
		return healthPrefix + name
	case bare == "net/http/httputil":
		return foreignPrefix + name
	case !strings.Contains(first, ".") || underAny(bare, plainPackages):
		return plainPrefix + name
	}
	return foreignPrefix + name
}

// underAny reports whether a package is one of some or lies below one.
func underAny(path string, roots []string) bool {
	return slices.ContainsFunc(roots, func(root string) bool { return path == root || strings.HasPrefix(path, root+"/") })
}

// knownLibrary reports whether a package of this import path can add anything to
// what is gathered.
func knownLibrary(path string) bool {
	bare := logapi.Path(path)
	_, ok := routers[bare]
	return ok || bare == "google.golang.org/grpc" || underAny(bare, otherLibraries) || underAny(bare, healthPackages)
}

// otherLibraries lists what matters beside the routers.
var otherLibraries = []string{
	"github.com/valyala/fasthttp", "github.com/go-resty/resty", "resty.dev", "github.com/hashicorp/go-retryablehttp", "github.com/prometheus/client_golang", "go.opentelemetry.io",
	"github.com/grpc-ecosystem", "sigs.k8s.io/controller-runtime", "connectrpc.com", "github.com/rs/zerolog/hlog", "github.com/urfave/negroni", "github.com/prometheus/exporter-toolkit/web", "github.com/DataDog", "gopkg.in/DataDog",
}
