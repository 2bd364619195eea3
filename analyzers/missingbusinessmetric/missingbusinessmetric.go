package missingbusinessmetric

import (
	_ "embed"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
	"github.com/opslint/opslint/analyzers/internal/web"
	"github.com/opslint/opslint/internal/rule"
)

//go:embed example.txtar
var example string

// Rule is the demand that the analyzer checks.
var Rule = &rule.Rule{
	ID:    "go/missing-business-metric",
	Title: "Metrics that tell nothing of what users do",
	Description: `A service may answer every request in time while nobody can order: a form is broken, a
payment provider refuses everything. Metrics of the use (orders, sign-ups, conversions) show that, those of
the technology do not.

The rule looks at services that register metrics and reports one if each of them, by its name, is about the
runtime, the process, the build, HTTP, gRPC, a client, a database or a cache. It judges intent, so it is not
on by default; a service without users of its own, such as a proxy, sets ` + "`business`" + ` to false.`,
	Remedy:   "count what users do, such as orders_placed_total, or name the metric that tells it in business_metrics",
	Severity: rule.Note,
	Clauses:  []string{"OPS-MON.3"},
	Scope:    rule.ScopePackage,
	OptIn:    true,
	Parameters: []rule.Parameter{
		{Name: "business", Type: rule.TypeBool, Default: true, Description: "false: services of this repository have no users of their own"},
		{Name: "business_metrics", Type: rule.TypeStrings, Default: []any{}, Description: "names of metrics that tell what users do"},
	},
	Example: judge.Example(example),
}

var (
	business bool
	named    judge.Strings
)

// Analyzer reports services whose metrics tell nothing of what users do.
var Analyzer = newAnalyzer()

func newAnalyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:       "missingbusinessmetric",
		Doc:        "report services that only measure technology\n\n" + Rule.Description,
		Requires:   []*analysis.Analyzer{web.Analyzer},
		Run:        run,
		ResultType: judge.Type,
	}
	a.Flags.BoolVar(&business, "business", true, Rule.Parameters[0].Description)
	a.Flags.Var(&named, "business_metrics", Rule.Parameters[1].Description)
	return a
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	program := pass.ResultOf[web.Analyzer].(*web.Program)
	if program == nil || !program.Serves || len(program.Metrics) == 0 || !business {
		return j.Result(), nil
	}
	first := program.Metrics[0]
	span, ok := shutdown.Span(pass, first.Site)
	if !ok {
		return j.Result(), nil
	}
	switch {
	case slices.ContainsFunc(program.Metrics, func(m web.Metric) bool { return slices.Contains(named, m.Name) || known(m) && !technical(m.Name) }):
		j.Examine(span)
	case slices.ContainsFunc(program.Metrics, func(m web.Metric) bool { return !known(m) }):
		j.Undetermined(span, "the name of a metric is not constant; it may be about what users do")
	default:
		j.Examine(span)
		j.Report(judge.Finding{Range: span, Message: "no metric tells what users do", Detail: judge.Detail{Key: "business metric"}})
	}
	return j.Result(), nil
}

// known reports whether the whole name of a metric is known.
func known(m web.Metric) bool { return !strings.Contains(m.Name, "…") }

// technical reports whether a metric, by its name, is about technology: a word
// says so, or every word could be said of any program.
func technical(name string) bool {
	words := sensitive.Words(name)
	return slices.ContainsFunc(words, func(word string) bool { return families[word] }) ||
		!slices.ContainsFunc(words, func(word string) bool { return !anybody[word] })
}

var (
	// families are words of metrics about the runtime, the process, the build,
	// the network, clients, databases and caches.
	families = words(`go goroutine goroutines gc heap memory cpu runtime process thread threads build version uptime http https
		grpc rpc tcp tls dns socket client server upstream downstream proxy db sql database query queries transaction transactions
		pool postgres mysql mongo redis cache caches kafka nats amqp rabbitmq queue worker workers job jobs scheduler leader election
		reconcile webhook panic panics goroutines config reload healthcheck probe ratelimit`)
	// anybody are words that say nothing of what is measured.
	anybody = words(`total count counter gauge histogram request requests response responses duration durations seconds second
		milliseconds ms bytes size sizes latency latencies in flight inflight active current by status code codes path route method
		handler endpoint error errors failed failure failures success successes info up start time timestamp last app service api
		operation operations call calls hit hits miss misses connection connections conns`)
)

func words(list string) map[string]bool {
	set := make(map[string]bool)
	for word := range strings.FieldsSeq(list) {
		set[word] = true
	}
	return set
}
