package missingcorrelationid

import (
	_ "embed"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
	"github.com/opslint/opslint/analyzers/internal/web"
	"github.com/opslint/opslint/internal/rule"
)

//go:embed example.txtar
var example string

// Rule is the demand that the analyzer checks.
var Rule = &rule.Rule{
	ID:    "go/missing-correlation-id",
	Title: "Server without a correlation id",
	Description: `A request that crosses several services leaves lines in several logs. They can be put
together only if each service takes the id from the request, or makes one where there is none.

The rule looks at servers of HTTP and gRPC that have at least one route or service of their own. Something has to
read a header or metadata key for an id from incoming requests, make an id anew and put it into the context of
the request, or be one of the known middlewares for ids and traces (chi, echo, gin-contrib, fiber, hlog,
OpenTelemetry, Datadog and others). A header that is set on an outgoing request does not count.

Nothing is reported where a middleware or a handler of a dependency may do so out of sight, and for servers that
only show health, metrics and profiles.`,
	Remedy:   "put a middleware around all handlers that takes X-Request-ID or Traceparent from the request, or makes an id, and keeps it in the context",
	Severity: rule.Error,
	Clauses:  []string{"OPS-11.2", "OPS-11.11"},
	Scope:    rule.ScopePackage,
	Parameters: []rule.Parameter{{
		Name:        "headers",
		Type:        rule.TypeStrings,
		Description: "further headers and metadata keys that carry a correlation id",
		Default:     []any{},
	}, {
		Name:        "keys",
		Type:        rule.TypeStrings,
		Description: "keys of log attributes that hold a correlation id: binding one in a handler counts",
		Default:     []any{"correlation_id", "request_id", "trace_id"},
	}},
	Example: judge.Example(example),
}

var (
	headers judge.Strings
	keys    = judge.Strings{"correlation_id", "request_id", "trace_id"}
)

// Analyzer reports servers without a correlation id.
var Analyzer = newAnalyzer()

func newAnalyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:       "missingcorrelationid",
		Doc:        "report servers that take no correlation id from their requests and make none\n\n" + Rule.Description,
		Requires:   []*analysis.Analyzer{reach.Analyzer, shutdown.Analyzer, web.Analyzer},
		Run:        run,
		ResultType: judge.Type,
		FactTypes:  []analysis.Fact{new(Fact)},
	}
	a.Flags.Var(&headers, "headers", Rule.Parameters[0].Description)
	a.Flags.Var(&keys, "keys", Rule.Parameters[1].Description)
	return a
}

// A Fact is which functions of a package take or make a correlation id, or talk
// over web sockets.
type Fact struct {
	Deeds reach.Deeds[Event]
}

// AFact marks Fact as a fact.
func (*Fact) AFact() {}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	if !judge.Own(pass) {
		return j.Result(), nil
	}
	graph := pass.ResultOf[reach.Analyzer].(*reach.Result)
	own := reach.DeedsOf(gather(pass, graph))
	if graph.Main == nil {
		if len(own) > 0 {
			pass.ExportPackageFact(&Fact{own})
		}
		return j.Result(), nil
	}
	program := pass.ResultOf[web.Analyzer].(*web.Program)
	lives := pass.ResultOf[shutdown.Analyzer].(*shutdown.Program)
	if program == nil || !program.Serves || lives == nil || lives.Service() == nil {
		return j.Result(), nil
	}
	serving := graph.Serving(lives)
	events := own.In(serving)
	for _, f := range pass.AllPackageFacts() {
		if fact, ok := f.Fact.(*Fact); ok && f.Package != pass.Pkg {
			events = append(events, fact.Deeds.In(serving)...)
		}
	}
	r := &report{pass: pass, judge: j, program: program, events: events}
	r.decide(lives.Service().Sinks)
	return j.Result(), nil
}

type report struct {
	pass    *analysis.Pass
	judge   *judge.Judge
	program *web.Program
	events  []Event
}

// decide judges the main server of a program.
func (r *report) decide(sinks []shutdown.Sink) {
	server := r.main(sinks)
	if server == nil || !r.answers() {
		return
	}
	span, ok := shutdown.Span(r.pass, server.Site)
	if !ok {
		return
	}
	switch doubt := r.doubt(); {
	case r.has(intake) || slices.ContainsFunc(r.program.Middlewares, func(m web.Middleware) bool { return m.Role.Has(web.RequestID) || m.Role.Has(web.Tracing) }):
		r.judge.Examine(span)
	case doubt != "":
		r.judge.Undetermined(span, doubt+"; read X-Request-ID or Traceparent in a middleware of your own")
	default:
		r.judge.Examine(span)
		r.judge.Report(judge.Finding{
			Range:   span,
			Message: "no handler of " + name(server) + " reads or makes a correlation id",
			Detail:  judge.Detail{Key: server.Text},
		})
	}
}

// main returns the server to point at: one that holds the program, if there is
// one, and not one for diagnosis.
func (r *report) main(sinks []shutdown.Sink) *web.Server {
	var main *web.Server
	best := 0
	for i := range r.program.Servers {
		s := &r.program.Servers[i]
		if s.Side || forOperators(s.Site.File) {
			continue
		}
		rank := 1
		if at := slices.IndexFunc(sinks, func(sink shutdown.Sink) bool { return sink.Site == s.Site }); at >= 0 {
			rank++
			if sinks[at].Main {
				rank++
			}
		}
		if rank > best {
			main, best = s, rank
		}
	}
	return main
}

// forOperators reports whether a file, by its name, holds a server for operators.
func forOperators(file string) bool {
	words := sensitive.Words(file)
	return slices.ContainsFunc([]string{"health", "healthcheck", "metrics", "pprof", "debug", "sysinfo", "stats"}, func(word string) bool { return slices.Contains(words, word) })
}

// diagnosis are last segments of paths that serve the operator only.
var diagnosis = []string{
	"", "health", "healthz", "healthcheck", "live", "livez", "liveness", "alive", "ready", "readyz", "readiness", "startup", "startupz", "started",
	"ping", "status", "metrics", "version", "buildinfo", "debug", "pprof", "vars", "cmdline", "profile", "symbol", "trace", "favicon.ico", "robots.txt",
}

// answers reports whether the program answers anything beside what is there for
// its operators.
func (r *report) answers() bool {
	if slices.ContainsFunc(r.program.Services, func(s web.Service) bool { return !s.Health }) {
		return true
	}
	return slices.ContainsFunc(r.program.Routes, func(route web.Route) bool {
		last, known := route.Last()
		if route.Path == "/" && r.has(socket) {
			return false // a connection that carries a protocol of its own
		}
		return !strings.HasPrefix(route.Path, "/debug/") && (!known || !slices.Contains(diagnosis, strings.ToLower(last)) || route.Path == "/")
	})
}

func (r *report) has(kind Kind) bool {
	return slices.ContainsFunc(r.events, func(e Event) bool { return e.Kind == kind })
}

// doubt says what may take or make an id out of sight; it is empty if nothing may.
func (r *report) doubt() string {
	for _, m := range r.program.Middlewares {
		if m.Role.Has(web.Unknown) {
			return m.Text + " is a middleware that is not known here"
		}
	}
	for _, reason := range r.program.Unseen {
		if !strings.HasPrefix(reason.Text, "the path of a route") {
			return reason.Text
		}
	}
	return ""
}

// name is what a server is called in a message.
func name(s *web.Server) string {
	receiver, _, ok := strings.Cut(s.Text, ".")
	if i := strings.LastIndexByte(s.Text, '.'); i > 0 {
		receiver = s.Text[:i]
	}
	if !ok || receiver == "http" || receiver == "fasthttp" || receiver == "web" || !token.IsIdentifier(strings.ReplaceAll(receiver, ".", "")) {
		return "the server"
	}
	return receiver
}
