package untracedserver

import (
	_ "embed"

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
	ID:    "go/untraced-server",
	Title: "Server that takes part in no trace",
	Description: `A request that crosses five services is understood by its trace. A server that neither
continues nor starts one is a gap in it: whatever it calls seems to come from nowhere.

The rule looks for the instrumentation of the common libraries (OpenTelemetry, Datadog,
X-Ray, New Relic, Elastic, OpenCensus, OpenTracing) around the handlers, or for a middleware
of the program that starts spans, and for a tracer provider, without which spans go nowhere.
It is not on by default, since a mesh may trace instead.`,
	Remedy:   "wrap the handlers by otelhttp.NewHandler or otelgrpc.NewServerHandler, and call otel.SetTracerProvider before serving",
	Severity: rule.Warning,
	Clauses:  []string{"OPS-1.3"},
	Scope:    rule.ScopePackage,
	OptIn:    true,
	Example:  judge.Example(example),
}

// Analyzer reports servers whose requests are not traced.
var Analyzer = &analysis.Analyzer{
	Name:       "untracedserver",
	Doc:        "report servers whose requests are not traced\n\n" + Rule.Description,
	Requires:   []*analysis.Analyzer{shutdown.Analyzer, web.Analyzer},
	Run:        run,
	ResultType: judge.Type,
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	program, server, span, ok := web.Subject(pass, func(s *web.Server) bool { return !s.Side })
	if !ok {
		return j.Result(), nil
	}
	switch roles := program.Around(); {
	case roles.Has(web.Tracing) && program.Provider:
		j.Examine(span)
	case roles.Has(web.Tracing):
		withoutProvider(pass, j, program)
	case roles.Has(web.Unknown):
		j.Undetermined(span, program.UnknownMiddleware()+" is not known; it may trace requests")
	default:
		j.Examine(span)
		j.Report(judge.Finding{Range: span, Message: "no trace covers the requests of " + server.Text, Detail: judge.Detail{Key: server.Text}})
	}
	return j.Result(), nil
}

// withoutProvider reports the first tracing middleware of a library: nobody takes
// its spans.
func withoutProvider(pass *analysis.Pass, j *judge.Judge, program *web.Program) {
	for _, m := range program.Middlewares {
		span, ok := shutdown.Span(pass, m.Site)
		if !ok || !m.Role.Has(web.Tracing) {
			continue
		}
		j.Examine(span)
		if m.Func == "" {
			j.Report(judge.Finding{Range: span, Message: m.Text + " traces requests, but the program sets no tracer provider", Detail: judge.Detail{Key: m.Text}})
		}
		return
	}
}
