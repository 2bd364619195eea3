package missingrequestmetrics

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
	ID:    "go/missing-request-metrics",
	Title: "Server without request metrics",
	Description: `Response time, throughput and error rate are what objectives and alerts are made of. A
histogram of the duration of requests gives all three; a mounted /metrics alone shows
only what the runtime measures by itself.

The rule looks for a histogram that is observed around or in the handlers: an instrumented
handler of promhttp, an interceptor or middleware of a metrics library, OpenTelemetry's
instrumentation, or a histogram of the program whose name speaks of requests. It is not on
by default, since a mesh or collector may measure instead.`,
	Remedy:   "wrap the handlers by promhttp.InstrumentHandlerDuration, otelhttp.NewHandler or a middleware that observes a histogram",
	Severity: rule.Error,
	Clauses:  []string{"OPS-MON.2", "OPS-MON.8"},
	Scope:    rule.ScopePackage,
	OptIn:    true,
	Example:  judge.Example(example),
}

// Analyzer reports servers without request metrics.
var Analyzer = &analysis.Analyzer{
	Name:       "missingrequestmetrics",
	Doc:        "report servers without request metrics\n\n" + Rule.Description,
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
	case roles.Has(web.Measuring), program.Observes && slices.ContainsFunc(program.Metrics, ofRequests):
		j.Examine(span)
	case roles.Has(web.Unknown):
		j.Undetermined(span, program.UnknownMiddleware()+" is not known; it may measure requests")
	case slices.ContainsFunc(program.Metrics, dynamic):
		j.Undetermined(span, "the name of a metric is not constant; it may be about requests")
	default:
		j.Examine(span)
		j.Report(judge.Finding{Range: span, Message: "nothing measures how long requests of " + server.Text + " take", Detail: judge.Detail{Key: server.Text}})
	}
	return j.Result(), nil
}

// subjects are the words by which the name of a metric speaks of requests.
var subjects = []string{"http", "request", "requests", "grpc", "rpc", "handler", "api", "response", "responses", "latency", "call", "calls", "endpoint"}

// ofRequests reports whether a metric measures how long requests take.
func ofRequests(m web.Metric) bool {
	return timing(m) && slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(m.Name), func(r rune) bool { return r == '_' || r == '.' }), func(word string) bool { return slices.Contains(subjects, word) })
}

// dynamic reports whether it is not known what a metric measures.
func dynamic(m web.Metric) bool { return timing(m) && strings.HasSuffix(m.Name, "…") }

func timing(m web.Metric) bool { return m.Kind == "histogram" || m.Kind == "summary" }
