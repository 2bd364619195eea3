package shutdown

import (
	"go/types"
	"strings"
)

// A Kind says how a server stops.
type Kind uint8

// The kinds of servers.
const (
	// Other: nothing is known of how it stops.
	Other Kind = iota
	// HTTP: the serving call returns as soon as a shutdown begins.
	HTTP
	// GRPC: the serving call returns when the shutdown is done.
	GRPC
	// Bare: the serving call makes the server by itself, so that nothing can
	// shut it down.
	Bare
	// Managed: the library traps the signals and drains by itself.
	Managed
)

// A serving is what is known of a call that serves.
type serving struct {
	kind Kind
	// server and address are one more than the index of the argument that is
	// the server, and of the address it listens at; the receiver is the first.
	server, address int
	// closed: after a shutdown it returns http.ErrServerClosed, else nil.
	closed bool
}

// A draining is what is known of a call that stops a server.
type draining struct {
	kind     Kind
	graceful bool // requests in flight are finished
	// context and duration are one more than the index of the argument that
	// bounds it; without either, it has no bound.
	context, duration int
}

var servings = map[string]map[string]serving{
	"net/http": {
		"ListenAndServe": {kind: Bare, address: 1}, "ListenAndServeTLS": {kind: Bare, address: 1},
		"Serve": {kind: Bare}, "ServeTLS": {kind: Bare},
		"Server.ListenAndServe": {kind: HTTP, server: 1, closed: true}, "Server.ListenAndServeTLS": {kind: HTTP, server: 1, closed: true},
		"Server.Serve": {kind: HTTP, server: 1, closed: true}, "Server.ServeTLS": {kind: HTTP, server: 1, closed: true},
	},
	"github.com/prometheus/exporter-toolkit/web": {
		"ListenAndServe": {kind: HTTP, server: 1, closed: true}, "Serve": {kind: HTTP, server: 2, closed: true},
		"ServeMultiple": {kind: HTTP, server: 2, closed: true},
	},
	"github.com/gin-gonic/gin": {
		"Engine.Run": {kind: Bare}, "Engine.RunTLS": {kind: Bare, address: 2}, "Engine.RunUnix": {kind: Bare, address: 2},
		"Engine.RunFd": {kind: Bare}, "Engine.RunListener": {kind: Bare}, "Engine.RunQUIC": {kind: Bare, address: 2},
	},
	"github.com/labstack/echo": {
		"Echo.Start": {kind: HTTP, server: 1, address: 2, closed: true}, "Echo.StartTLS": {kind: HTTP, server: 1, address: 2, closed: true},
		"Echo.StartAutoTLS":   {kind: HTTP, server: 1, address: 2, closed: true},
		"Echo.StartH2CServer": {kind: HTTP, server: 1, address: 2, closed: true},
		// Shutdown of the Echo does not reach this server.
		"Echo.StartServer": {kind: HTTP, server: 2, closed: true},
	},
	"github.com/labstack/echo/v5": {}, // traps and drains by itself
	"github.com/gofiber/fiber": {
		"App.Listen": {kind: HTTP, server: 1, address: 2}, "App.ListenTLS": {kind: HTTP, server: 1, address: 2},
		"App.ListenTLSWithCertificate": {kind: HTTP, server: 1, address: 2}, "App.ListenMutualTLS": {kind: HTTP, server: 1, address: 2},
		"App.ListenMutualTLSWithCertificate": {kind: HTTP, server: 1, address: 2}, "App.Listener": {kind: HTTP, server: 1},
	},
	"github.com/valyala/fasthttp": {
		"ListenAndServe": {kind: Bare, address: 1}, "ListenAndServeTLS": {kind: Bare, address: 1}, "ListenAndServeUNIX": {kind: Bare, address: 1},
		"ListenAndServeTLSEmbed": {kind: Bare, address: 1}, "Serve": {kind: Bare}, "ServeTLS": {kind: Bare},
		"Server.ListenAndServe": {kind: HTTP, server: 1, address: 2}, "Server.ListenAndServeTLS": {kind: HTTP, server: 1, address: 2},
		"Server.ListenAndServeUNIX": {kind: HTTP, server: 1, address: 2}, "Server.Serve": {kind: HTTP, server: 1}, "Server.ServeTLS": {kind: HTTP, server: 1},
	},
	"github.com/cloudwego/hertz/pkg/app/server": {"Hertz.Run": {kind: HTTP, server: 1}},
	"google.golang.org/grpc":                    {"Server.Serve": {kind: GRPC, server: 1}},
	"github.com/urfave/negroni":                 {"Negroni.Run": {kind: Bare}},
	"github.com/go-martini/martini":             {"Martini.Run": {kind: Bare}, "Martini.RunOnAddr": {kind: Bare, address: 2}},
}

var drainings = map[string]map[string]draining{
	"net/http":                    {"Server.Shutdown": {kind: HTTP, graceful: true, context: 2}, "Server.Close": {kind: HTTP}},
	"github.com/labstack/echo":    {"Echo.Shutdown": {kind: HTTP, graceful: true, context: 2}, "Echo.Close": {kind: HTTP}},
	"github.com/labstack/echo/v5": {},
	"github.com/gofiber/fiber": {
		"App.Shutdown": {kind: HTTP, graceful: true}, "App.ShutdownWithTimeout": {kind: HTTP, graceful: true, duration: 2},
		"App.ShutdownWithContext": {kind: HTTP, graceful: true, context: 2},
	},
	"github.com/valyala/fasthttp": {
		"Server.Shutdown": {kind: HTTP, graceful: true}, "Server.ShutdownWithContext": {kind: HTTP, graceful: true, context: 2},
	},
	"github.com/cloudwego/hertz/pkg/app/server": {"Hertz.Shutdown": {kind: HTTP, graceful: true, context: 2}},
	"github.com/cloudwego/hertz/pkg/route":      {"Engine.Shutdown": {kind: HTTP, graceful: true, context: 2}, "Engine.Close": {kind: HTTP}},
	"google.golang.org/grpc":                    {"Server.GracefulStop": {kind: GRPC, graceful: true}, "Server.Stop": {kind: GRPC}},
}

// serverTypes are the types whose values are servers, by import path without
// major version.
var serverTypes = map[string]string{
	"net/http": "Server", "github.com/labstack/echo": "Echo", "github.com/gofiber/fiber": "App", "github.com/valyala/fasthttp": "Server",
	"google.golang.org/grpc": "Server", "github.com/cloudwego/hertz/pkg/app/server": "Hertz",
}

// An option is where a library is told how long its shutdown may take: one more
// than the index of a function's argument. Fields stand under their type.
var options = map[string]map[string]int{
	"go.uber.org/fx":                            {"StopTimeout": 1},
	"github.com/go-kratos/kratos":               {"StopTimeout": 1},
	"github.com/cloudwego/hertz/pkg/app/server": {"WithExitWaitTime": 1},
	"github.com/zeromicro/go-zero/core/proc":    {"SetTimeToForceQuit": 1},
}

// optionFields are the fields that tell a library how long its shutdown may take.
var optionFields = map[string]string{
	"sigs.k8s.io/controller-runtime/pkg/manager.Options":      "GracefulShutdownTimeout",
	"github.com/hibiken/asynq.Config":                         "ShutdownTimeout",
	"go.temporal.io/sdk/internal.WorkerOptions":               "WorkerStopTimeout",
	"github.com/ThreeDotsLabs/watermill/message.RouterConfig": "CloseTimeout",
	"github.com/gofiber/fiber.ListenConfig":                   "ShutdownTimeout",
	"github.com/labstack/echo/v5.StartConfig":                 "GracefulTimeout",
	"github.com/grafana/dskit/server.Config":                  "ServerGracefulShutdownTimeout",
	"github.com/zeromicro/go-zero/core/proc.ShutdownConf":     "WrapUpTime",
	"github.com/riverqueue/river.Config":                      "SoftStopTimeout",
	"github.com/tylerb/graceful.Server":                       "Timeout",
	"gopkg.in/tylerb/graceful.Server":                         "Timeout",
}

// servingOf returns what is known of a function that serves; a library that
// traps the signals drains by itself.
func servingOf(fn *types.Func, a api) serving {
	if s, ok := inTable(servings, fn); ok {
		return s
	}
	if a.traps {
		return serving{kind: Managed}
	}
	return serving{}
}

// inTable looks a function or method up by import path and name. A path that is
// listed with its major version hides the one without.
func inTable[T any](table map[string]map[string]T, fn *types.Func) (T, bool) {
	var none T
	if fn == nil || fn.Pkg() == nil {
		return none, false
	}
	found, ok := table[fn.Pkg().Path()]
	if !ok {
		found = table[unversioned(fn.Pkg().Path())]
	}
	if found == nil {
		return none, false
	}
	name := fn.Name()
	if recv := fn.Signature().Recv(); recv != nil {
		named := namedOf(recv.Type())
		if named == nil {
			return none, false
		}
		name = named.Obj().Name() + "." + name
	}
	t, ok := found[name]
	return t, ok
}

// drainingOf returns what is known of a method by its ID.
func drainingOf(id string) (draining, bool) {
	rest, ok := strings.CutPrefix(id, "(*")
	if !ok {
		return draining{}, false
	}
	receiver, name, ok := strings.Cut(rest, ").")
	dot := strings.LastIndexByte(receiver, '.')
	if !ok || dot < 0 {
		return draining{}, false
	}
	path := receiver[:dot]
	found, ok := drainings[path]
	if !ok {
		found = drainings[unversioned(path)]
	}
	d, ok := found[receiver[dot+1:]+"."+name]
	return d, ok
}

// isServer reports whether values of a type are servers.
func isServer(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return false
	}
	path := named.Obj().Pkg().Path()
	name, ok := serverTypes[path]
	if !ok {
		name, ok = serverTypes[unversioned(path)]
	}
	return ok && name == named.Obj().Name()
}

// carriesServer reports whether values of a type are servers, lead to one, or
// are collections of them.
func carriesServer(t types.Type) bool {
	for range 4 {
		if isServer(t) {
			return true
		}
		switch u := types.Unalias(t).(type) {
		case *types.Pointer:
			t = u.Elem()
		case *types.Slice:
			t = u.Elem()
		case *types.Array:
			t = u.Elem()
		case *types.Map:
			t = u.Elem()
		case *types.Chan:
			t = u.Elem()
		default:
			return false
		}
	}
	return false
}

// receiverText cuts the method off the text of a call.
func receiverText(text string) string {
	if i := strings.LastIndexByte(text, '.'); i > 0 {
		return text[:i]
	}
	return text
}
