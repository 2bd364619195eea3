package missinghealthendpoint

import (
	_ "embed"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
	"github.com/opslint/opslint/analyzers/internal/web"
	"github.com/opslint/opslint/internal/rule"
)

//go:embed example.txtar
var example string

// Rule is the demand that the analyzer checks.
var Rule = &rule.Rule{
	ID:    "go/missing-health-endpoint",
	Title: "Server without health endpoints",
	Description: `An orchestrator asks a service three things: whether it has started, whether it can
take requests, and whether it is alive. A service that answers none of them is restarted
too late, or is sent requests that it cannot serve.

The rule looks at programs that serve HTTP or gRPC and lists the routes of all their
servers: ServeMux, chi, gin, echo, fiber, gorilla/mux, httprouter and others, with the
prefixes of groups and sub-routers, and paths that handlers compare by themselves. The
last segment of a path counts: health, healthz, healthy, live, livez, liveness, alive ·
ready, readyz, readiness · startup, startupz, started. The health service of gRPC stands
for all three.

Nothing is reported where a route may be out of sight: a path that is not constant, a
router or proxy that is not known, a library that is given the router.`,
	Remedy:   "answer GET /health, /ready and /startup, each with what the program knows about itself",
	Severity: rule.Error,
	Clauses:  []string{"OPS-MON.1", "OPS-9.7"},
	Scope:    rule.ScopePackage,
	Parameters: []rule.Parameter{
		{Name: "required", Type: rule.TypeStrings, Default: []any{"health", "ready", "startup"}, Description: "kinds of endpoints that a server must have: health, ready, startup"},
		{Name: "paths", Type: rule.TypeStrings, Default: []any{}, Description: `further paths that count, with their kind: "health=/ping", "ready=/internal/status"`},
	},
	Example: judge.Example(example),
}

var (
	required = judge.Strings{"health", "ready", "startup"}
	paths    judge.Strings
)

// Analyzer reports servers without health endpoints.
var Analyzer = newAnalyzer()

func newAnalyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:       "missinghealthendpoint",
		Doc:        "report servers without health endpoints\n\n" + Rule.Description,
		Requires:   []*analysis.Analyzer{shutdown.Analyzer, web.Analyzer},
		Run:        run,
		ResultType: judge.Type,
	}
	a.Flags.Var(&required, "required", Rule.Parameters[0].Description)
	a.Flags.Var(&paths, "paths", Rule.Parameters[1].Description)
	return a
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	program := pass.ResultOf[web.Analyzer].(*web.Program)
	lives := pass.ResultOf[shutdown.Analyzer].(*shutdown.Program)
	if program == nil || !program.Serves || lives.Service() == nil {
		return j.Result(), nil
	}
	r := &report{pass: pass, judge: j, program: program}
	r.decide(lives.Service().Sinks)
	return j.Result(), nil
}

type report struct {
	pass    *analysis.Pass
	judge   *judge.Judge
	program *web.Program
}

// decide judges a service by what holds it.
func (r *report) decide(sinks []shutdown.Sink) {
	ports := slices.DeleteFunc(slices.Clone(sinks), func(s shutdown.Sink) bool { return s.Loop || s.Worker })
	if len(ports) == 0 {
		return // a worker
	}
	server := r.program.Main(ports, func(*web.Server) bool { return true })
	if server == nil {
		if span, ok := shutdown.Span(r.pass, ports[0].Site); ok {
			r.judge.Undetermined(span, "what "+ports[0].Text+" serves is out of sight")
		}
		return
	}
	span, ok := shutdown.Span(r.pass, server.Site)
	if !ok {
		return
	}
	missing := r.missing()
	switch {
	case len(missing) == 0:
		r.judge.Examine(span)
	case r.doubt(missing) != "":
		r.judge.Undetermined(span, r.doubt(missing))
	default:
		r.judge.Examine(span)
		r.judge.Report(judge.Finding{Range: span, Message: r.message(missing), Detail: judge.Detail{Key: server.Text}})
	}
}

// aliases are the last segments of paths that stand for a kind of endpoint.
var aliases = map[string][]string{
	"health":  {"health", "healthz", "healthy", "healthcheck", "health-check", "live", "livez", "liveness", "alive"},
	"ready":   {"ready", "readyz", "readiness"},
	"startup": {"startup", "startupz", "started"},
}

// missing lists the kinds of endpoints that nothing answers.
func (r *report) missing() []string {
	if slices.ContainsFunc(r.program.Services, func(s web.Service) bool { return s.Health }) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone([]string(required)), func(kind string) bool {
		return slices.ContainsFunc(r.program.Routes, func(route web.Route) bool { return answers(&route, kind) })
	})
}

// answers reports whether a route is an endpoint of a kind.
func answers(route *web.Route, kind string) bool {
	if len(route.Methods) > 0 && !slices.Contains(route.Methods, "GET") && !slices.Contains(route.Methods, "HEAD") {
		return false
	}
	last, known := route.Last()
	if (known || !route.Tree) && slices.Contains(aliases[kind], strings.ToLower(strings.TrimLeft(last, "_-"))) {
		return true
	}
	return slices.ContainsFunc(paths, func(item string) bool {
		of, path, ok := strings.Cut(item, "=")
		return ok && of == kind && strings.TrimRight(path, "/") == strings.TrimRight(route.Path, "/")
	})
}

// doubt says why the absence of an endpoint is not certain; it is empty if it is.
func (r *report) doubt(missing []string) string {
	if len(r.program.Unseen) > 0 {
		return r.program.Unseen[0].Text + "; register the health endpoints where they can be seen, under constant paths"
	}
	for i := range r.program.Routes {
		if route := &r.program.Routes[i]; variable(route) {
			return "the route " + route.Path + " may answer for several kinds; register each under its own path"
		}
	}
	if len(r.program.Read) == 0 {
		return ""
	}
	for _, kind := range missing {
		for _, text := range r.program.Mentions {
			if word := strings.ToLower(strings.Trim(text[strings.LastIndexByte(text, '/')+1:], "/")); slices.Contains(aliases[kind], word) {
				return "a handler " + r.program.Read[0].Text + ", and " + text + " may be among what it knows; register it as a route of its own"
			}
		}
	}
	return ""
}

// variable reports whether a route has a variable below a path for health
// checks: /health/{kind}.
func variable(route *web.Route) bool {
	segments := strings.Split(strings.Trim(route.Path, "/"), "/")
	if len(segments) < 2 || strings.Trim(segments[len(segments)-1], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") == "" {
		return false
	}
	before := strings.ToLower(segments[len(segments)-2])
	return slices.ContainsFunc([]string{"health", "ready", "startup"}, func(kind string) bool { return slices.Contains(aliases[kind], before) })
}

// message names the endpoints that are missing.
func (r *report) message(missing []string) string {
	for i, kind := range missing {
		missing[i] = "/" + kind
	}
	text := missing[len(missing)-1]
	if rest := missing[:len(missing)-1]; len(rest) > 0 {
		text = strings.Join(rest, ", ") + " and " + text
	}
	speaks := func(protocol web.Protocol) bool {
		return slices.ContainsFunc(r.program.Servers, func(s web.Server) bool { return s.Protocol == protocol && !s.Side })
	}
	if speaks(web.GRPC) && !speaks(web.HTTP) && !speaks(web.FastHTTP) {
		return "no route for " + text + ", and no health service of gRPC"
	}
	return "no route for " + text
}
