package shutdown

import (
	"go/types"
	"regexp"
	"strings"
)

// An api is what is known of a function or method of a dependency.
type api struct {
	sink   bool // blocks, serving
	starts bool // serves in goroutines of its own, does not block
	worker bool // serves without an inbound port
	traps  bool // traps SIGTERM, and stops by it
	hosted bool // hands the process to a host
	stop   bool // stops a server
	runs   bool // runs the commands of a command-line program
	ending bool // blocks until its receiver's goroutines end: a Wait
	joins  bool // waits for the functions of its receiver, and returns an error of theirs
	// signals is one more than the index of the variadic parameter that lists
	// the signals to trap; none listed means all.
	signals int
	// handler is one more than the index of the handler parameter.
	handler int
	// carries says how function arguments are called, by index; the last one
	// holds for all further ones. Empty means: at once, by the caller.
	carries []Mode
}

var (
	serves      = api{sink: true}
	works       = api{sink: true, worker: true}
	servesWell  = api{sink: true, traps: true}
	worksWell   = api{sink: true, worker: true, traps: true}
	startsWork  = api{starts: true, worker: true}
	traps       = api{traps: true}
	hosts       = api{hosted: true}
	stops       = api{stop: true}
	inGroup     = api{carries: []Mode{joined}}
	inGoroutine = api{carries: []Mode{async}}
)

// apis lists by import path, without major version, and then by name, with the
// receiver's type before a dot, what matters to serving and stopping.
var apis = map[string]map[string]api{
	"net/http": {
		"ListenAndServe": {sink: true, handler: 2}, "ListenAndServeTLS": {sink: true, handler: 4},
		"Serve": {sink: true, handler: 2}, "ServeTLS": {sink: true, handler: 2},
		"Server.ListenAndServe": serves, "Server.ListenAndServeTLS": serves, "Server.Serve": serves, "Server.ServeTLS": serves,
		"Server.Shutdown": stops, "Server.Close": stops, "Server.RegisterOnShutdown": inGoroutine,
	},
	"net/http/fcgi": {"Serve": hosts},
	"net/http/cgi":  {"Serve": hosts},
	"net/rpc":       {"Accept": serves, "Server.Accept": serves},
	"time":          {"AfterFunc": inGoroutine},
	"context":       {"AfterFunc": inGoroutine},
	"sync":          {"WaitGroup.Go": inGroup, "WaitGroup.Wait": {ending: true}},

	cobraPkg: methods("Command", api{runs: true}, "Execute", "ExecuteC", "ExecuteContext", "ExecuteContextC"),

	"golang.org/x/sync/errgroup":           {"Group.Go": inGroup, "Group.TryGo": inGroup, "Group.Wait": {joins: true}},
	"github.com/oklog/run":                 {"Group.Add": {carries: []Mode{joined, async}}, "Group.Run": {joins: true}, "SignalHandler": {signals: 2}},
	"github.com/sourcegraph/conc":          {"WaitGroup.Go": inGroup},
	"github.com/sourcegraph/conc/pool":     {"Pool.Go": inGroup, "ErrorPool.Go": inGroup, "ContextPool.Go": inGroup},
	"github.com/gin-gonic/gin":             methods("Engine", serves, "Run", "RunTLS", "RunUnix", "RunFd", "RunListener", "RunQUIC"),
	"github.com/labstack/echo":             join(methods("Echo", serves, "Start", "StartTLS", "StartAutoTLS", "StartH2CServer", "StartServer"), methods("Echo", stops, "Shutdown", "Close")),
	"github.com/labstack/echo/v5":          join(methods("Echo", servesWell, "Start"), methods("StartConfig", servesWell, "Start", "StartTLS")),
	"github.com/gofiber/fiber":             join(methods("App", serves, "Listen", "ListenTLS", "ListenTLSWithCertificate", "ListenMutualTLS", "ListenMutualTLSWithCertificate", "Listener"), methods("App", stops, "Shutdown", "ShutdownWithTimeout", "ShutdownWithContext")),
	"google.golang.org/grpc":               join(methods("Server", serves, "Serve"), methods("Server", stops, "GracefulStop", "Stop")),
	"github.com/valyala/fasthttp":          join(functions(serves, "ListenAndServe", "ListenAndServeTLS", "ListenAndServeUNIX", "ListenAndServeTLSEmbed", "Serve", "ServeTLS"), methods("Server", serves, "ListenAndServe", "ListenAndServeTLS", "ListenAndServeUNIX", "Serve", "ServeTLS"), methods("Server", stops, "Shutdown", "ShutdownWithContext")),
	"github.com/quic-go/quic-go/http3":     join(methods("Server", serves, "ListenAndServe", "ListenAndServeTLS", "Serve", "ServeListener"), functions(serves, "ListenAndServe", "ListenAndServeTLS", "ListenAndServeQUIC"), methods("Server", stops, "Shutdown", "Close")),
	"github.com/soheilhy/cmux":             methods("CMux", serves, "Serve"),
	"github.com/gliderlabs/ssh":            join(functions(serves, "ListenAndServe", "Serve"), methods("Server", serves, "ListenAndServe", "Serve"), methods("Server", stops, "Shutdown", "Close")),
	"github.com/miekg/dns":                 join(functions(serves, "ListenAndServe", "ListenAndServeTLS", "ActivateAndServe"), methods("Server", serves, "ListenAndServe", "ActivateAndServe"), methods("Server", stops, "Shutdown", "ShutdownContext")),
	"github.com/urfave/negroni":            methods("Negroni", serves, "Run"),
	"github.com/go-martini/martini":        join(methods("Martini", serves, "Run", "RunOnAddr"), methods("ClassicMartini", serves, "Run", "RunOnAddr")),
	"github.com/beego/beego/server/web":    functions(serves, "Run", "RunWithMiddleWares"),
	"github.com/astaxie/beego":             functions(serves, "Run"),
	"github.com/robfig/cron":               methods("Cron", works, "Run"),
	"github.com/go-co-op/gocron":           methods("Scheduler", works, "StartBlocking"),
	"github.com/slack-go/slack/socketmode": methods("Client", works, "Run", "RunContext"),

	"github.com/prometheus/exporter-toolkit/web": {
		"ListenAndServe": serves, "Serve": serves, "ServeMultiple": serves,
	},

	"github.com/cloudwego/hertz/pkg/app/server":                join(methods("Hertz", servesWell, "Spin"), methods("Hertz", serves, "Run")),
	"github.com/go-kratos/kratos":                              join(methods("App", servesWell, "Run"), methods("App", stops, "Stop")),
	"github.com/zeromicro/go-zero/rest":                        methods("Server", servesWell, "Start"),
	"github.com/zeromicro/go-zero/zrpc":                        methods("RpcServer", servesWell, "Start"),
	"github.com/zeromicro/go-zero/core/service":                methods("ServiceGroup", servesWell, "Start"),
	"github.com/hibiken/asynq":                                 join(methods("Server", worksWell, "Run"), methods("Server", startsWork, "Start"), methods("Scheduler", worksWell, "Run"), methods("Scheduler", startsWork, "Start"), methods("Server", stops, "Shutdown"), methods("Scheduler", stops, "Shutdown")),
	"go.temporal.io/sdk/worker":                                join(methods("Worker", works, "Run"), methods("Worker", startsWork, "Start"), methods("Registry", works, "Run"), functions(traps, "InterruptCh"), methods("Worker", stops, "Stop")),
	"github.com/ThreeDotsLabs/watermill/message":               methods("Router", works, "Run"),
	"github.com/ThreeDotsLabs/watermill/message/router/plugin": functions(traps, "SignalsHandler"),
	"github.com/riverqueue/river":                              join(methods("Client", startsWork, "Start"), methods("Client", stops, "Stop", "StopAndCancel")),
	"sigs.k8s.io/controller-runtime/pkg/manager":               methods("Manager", works, "Start"),
	"sigs.k8s.io/controller-runtime/pkg/manager/signals":       functions(traps, "SetupSignalHandler"),
	"sigs.k8s.io/controller-runtime":                           functions(traps, "SetupSignalHandler"),
	"sigs.k8s.io/controller-runtime/pkg/runtime/signals":       functions(traps, "SetupSignalHandler"),
	"k8s.io/apiserver/pkg/server":                              functions(traps, "SetupSignalHandler", "SetupSignalContext"),
	"k8s.io/sample-controller/pkg/signals":                     functions(traps, "SetupSignalHandler"),
	"knative.dev/pkg/signals":                                  functions(traps, "SetupSignalHandler", "NewContext"),
	"knative.dev/pkg/injection/sharedmain":                     functions(servesWell, "Main", "MainWithContext", "MainWithConfig", "MainNamed"),
	"go.uber.org/fx":                                           join(methods("App", worksWell, "Run"), methods("App", traps, "Done", "Wait")),
	"github.com/kataras/iris":                                  methods("Application", servesWell, "Run", "Listen"),
	"github.com/gobuffalo/buffalo":                             methods("App", servesWell, "Serve"),
	"github.com/gogf/gf/net/ghttp":                             methods("Server", servesWell, "Run"),
	"github.com/zenazn/goji":                                   functions(servesWell, "Serve", "ServeListener", "ServeTLS"),
	"github.com/micro/go-micro":                                methods("Service", servesWell, "Run"),
	"go-micro.dev":                                             methods("Service", servesWell, "Run"),
	"github.com/tylerb/graceful":                               join(functions(servesWell, "Run", "RunWithErr", "ListenAndServe", "ListenAndServeTLS", "Serve"), methods("Server", servesWell, "ListenAndServe", "ListenAndServeTLS", "Serve")),
	"gopkg.in/tylerb/graceful":                                 join(functions(servesWell, "Run", "RunWithErr", "ListenAndServe", "ListenAndServeTLS", "Serve"), methods("Server", servesWell, "ListenAndServe", "ListenAndServeTLS", "Serve")),
	"github.com/facebookgo/grace/gracehttp":                    functions(servesWell, "Serve", "ServeWithOptions"),
	"github.com/fvbock/endless":                                functions(servesWell, "ListenAndServe", "ListenAndServeTLS"),
	"github.com/ory/graceful":                                  functions(servesWell, "Graceful"),
	"github.com/appleboy/graceful":                             functions(traps, "NewManager", "GetManager"),
	"github.com/go-ozzo/ozzo-routing":                          functions(traps, "GracefulShutdown"),
	"github.com/pseidemann/finish":                             methods("Finisher", traps, "Wait"),
	"github.com/kardianos/service":                             methods("Service", worksWell, "Run"),
	"github.com/judwhite/go-svc":                               functions(worksWell, "Run"),
	"github.com/judwhite/go-svc/svc":                           functions(worksWell, "Run"),
	"golang.org/x/sys/windows/svc":                             functions(hosts, "Run"),
	"github.com/grafana/dskit/signals":                         functions(traps, "NewHandler", "SignalsHandler"),
	"github.com/grafana/dskit/server":                          methods("Server", servesWell, "Run"),
	"github.com/weaveworks/common/signals":                     functions(traps, "NewHandler", "SignalHandlerLoop"),
	"github.com/weaveworks/common/server":                      methods("Server", servesWell, "Run"),
	"github.com/dapr/kit/signals":                              functions(traps, "Context"),
	"github.com/cybozu-go/well":                                functions(traps, "Wait"),
	"github.com/xlab/closer":                                   functions(traps, "Bind", "Hold", "Checked"),
	"github.com/vrecan/death":                                  {"NewDeath": {signals: 1}},
	"github.com/sethvargo/go-signalcontext":                    {"On": {signals: 2}, "Wrap": {signals: 2}},

	"github.com/aws/aws-lambda-go/lambda":                                 functions(hosts, "Start", "StartHandler", "StartWithContext", "StartWithOptions", "StartHandlerFunc", "StartHandlerWithContext"),
	"github.com/GoogleCloudPlatform/functions-framework-go/funcframework": functions(hosts, "Start", "StartHostPort"),
	"github.com/hashicorp/go-plugin":                                      functions(hosts, "Serve"),
	"github.com/hashicorp/terraform-plugin-framework/providerserver":      functions(hosts, "Serve"),
	"github.com/hashicorp/terraform-plugin-sdk/plugin":                    functions(hosts, "Serve"),
	"google.golang.org/protobuf/compiler/protogen":                        methods("Options", hosts, "Run"),
}

// quiet lists packages that import os/signal but trap SIGTERM at most when a
// function of the table above is called, or when they draw on a terminal.
var quiet = set(
	"github.com/armon/go-metrics", "github.com/hashicorp/go-metrics", "github.com/hashicorp/go-plugin",
	"github.com/google/gops/agent", "github.com/aws/aws-lambda-go/lambda",
	"github.com/chzyer/readline", "github.com/ergochat/readline", "github.com/AlecAivazis/survey/terminal",
	"github.com/charmbracelet/bubbletea", "github.com/gdamore/tcell", "github.com/cheggaaa/pb",
	"github.com/mattn/go-tty", "github.com/moby/term", "github.com/nsf/termbox-go", "github.com/peterh/liner",
	"github.com/hashicorp/terraform-plugin-go/tfprotov5/tf5server", "github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server",
	"modernc.org/libc", // only if translated C code asks for it
	"go.temporal.io/sdk/internal", "k8s.io/kubectl/pkg/util/interrupt", "k8s.io/kubectl/pkg/util/term",
)

func set(names ...string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, name := range names {
		m[name] = true
	}
	return m
}

func functions(a api, names ...string) map[string]api {
	m := make(map[string]api, len(names))
	for _, name := range names {
		m[name] = a
	}
	return m
}

func methods(receiver string, a api, names ...string) map[string]api {
	m := make(map[string]api, len(names))
	for _, name := range names {
		m[receiver+"."+name] = a
	}
	return m
}

func join(parts ...map[string]api) map[string]api {
	all := make(map[string]api)
	for _, part := range parts {
		for name, a := range part {
			all[name] = a
		}
	}
	return all
}

var majorVersion = regexp.MustCompile(`(/v[0-9]+|\.v[0-9]+)$`)

// unversioned strips the major version from an import path, wherever in it the
// root of the module ends.
func unversioned(path string) string {
	if trimmed := majorVersion.ReplaceAllString(path, ""); trimmed != path {
		return trimmed
	}
	parts := strings.Split(path, "/")
	for i := 2; i < len(parts)-1; i++ {
		if majorVersion.MatchString("/" + parts[i]) {
			return strings.Join(append(parts[:i:i], parts[i+1:]...), "/")
		}
	}
	return path
}

// harmless reports whether a package that imports os/signal cannot trap SIGTERM
// behind the back of its caller.
func harmless(path string) bool {
	if quiet[path] || quiet[unversioned(path)] {
		return true
	}
	return apisOf(path) != nil
}

func apisOf(path string) map[string]api {
	if found, ok := apis[path]; ok {
		return found
	}
	return apis[unversioned(path)]
}

// lookup returns what is known of a function or method.
func lookup(fn *types.Func) (api, bool) {
	if fn == nil || fn.Pkg() == nil {
		return api{}, false
	}
	found := apisOf(fn.Pkg().Path())
	if found == nil {
		return api{}, false
	}
	name := fn.Name()
	if recv := fn.Signature().Recv(); recv != nil {
		named := namedOf(recv.Type())
		if named == nil {
			return api{}, false
		}
		name = named.Obj().Name() + "." + name
	}
	a, ok := found[name]
	return a, ok
}

// namedOf returns the named type behind a type or a pointer to it.
func namedOf(t types.Type) *types.Named {
	if pointer, ok := types.Unalias(t).(*types.Pointer); ok {
		t = pointer.Elem()
	}
	named, _ := types.Unalias(t).(*types.Named)
	return named
}

// tablePackage reports whether the table knows anything of a package.
func tablePackage(path string) bool { return path == "os/signal" || apisOf(path) != nil }
