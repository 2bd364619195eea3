package missingclienttimeout

import (
	_ "embed"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/edit"
	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
	"github.com/opslint/opslint/analyzers/internal/web"
	"github.com/opslint/opslint/internal/rule"
)

//go:embed example.txtar
var example string

// Rule is the demand that the analyzer checks.
var Rule = &rule.Rule{
	ID:    "go/missing-client-timeout",
	Title: "HTTP request without a time limit",
	Description: `A dependency that accepts a connection and never answers holds every request that
asks it, until the service has no goroutines, connections or memory left: the failure of
one service becomes that of its callers.

http.Get and its siblings, http.DefaultClient and an http.Client without Timeout wait for
ever, and so do the clients of resty and retryablehttp until they are told otherwise. A
client needs a Timeout, or each request through it a context with a deadline; the context
of a request that came in has none.

Nothing is reported if a client's requests are out of sight, because it is given to a
library, or if how long a context lasts is not known.`,
	Remedy:   "give the client a Timeout, such as 10 * time.Second, or each request a context from context.WithTimeout",
	Severity: rule.Warning,
	Clauses:  []string{"OPS-3.2", "OPS-SLA.4"},
	Scope:    rule.ScopePackage,
	Example:  judge.Example(example),
}

// Analyzer reports HTTP requests without a time limit.
var Analyzer = &analysis.Analyzer{
	Name:       "missingclienttimeout",
	Doc:        "report HTTP requests without a time limit\n\n" + Rule.Description,
	Requires:   []*analysis.Analyzer{shutdown.Analyzer, web.Analyzer},
	Run:        run,
	ResultType: judge.Type,
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	program := pass.ResultOf[web.Analyzer].(*web.Program)
	if program == nil || pass.ResultOf[shutdown.Analyzer].(*shutdown.Program).Developing() {
		return j.Result(), nil
	}
	for i := range program.Clients {
		r := &report{pass: pass, judge: j, client: &program.Clients[i]}
		r.decide()
	}
	return j.Result(), nil
}

type report struct {
	pass   *analysis.Pass
	judge  *judge.Judge
	client *web.Client
}

func (r *report) decide() {
	c := r.client
	at := c.Site
	open := slices.IndexFunc(c.Requests, func(q web.Request) bool { return q.Limit == web.Unlimited })
	if at == (shutdown.Site{}) && open >= 0 {
		at = c.Requests[open].Site // a variable without a literal
	}
	span, ok := shutdown.Span(r.pass, at)
	if !ok {
		return
	}
	switch {
	case slices.Contains(c.Fields, "Timeout"), len(c.Requests) > 0 && !slices.ContainsFunc(c.Requests, func(q web.Request) bool { return q.Limit != web.Limited }):
		r.judge.Examine(span)
	case c.Unknown != "":
		r.judge.Undetermined(span, c.Unknown+"; set its Timeout where it is made")
	case slices.Contains(c.Fields, web.Dialer):
		r.judge.Undetermined(span, "the transport of "+c.Text+" makes its own connections, maybe to a socket; set its Timeout")
	case open < 0:
		r.judge.Undetermined(span, "how long requests of "+c.Text+" may take is out of sight; set its Timeout")
	case c.Default:
		r.report(span, c.Text+" waits for an answer without limit")
	default:
		r.report(span, c.Text+" has no Timeout, and "+c.Requests[open].Text+" no deadline")
	}
}

func (r *report) report(span judge.Span, message string) {
	r.judge.Examine(span)
	c := r.client
	f := judge.Finding{Range: span, Message: message, Detail: judge.Detail{Key: c.Text}}
	if !c.Default {
		for _, q := range c.Requests {
			if q.Limit != web.Unlimited || q.Site == c.Site {
				continue
			}
			if at, ok := shutdown.Span(r.pass, q.Site); ok {
				f.Related = append(f.Related, analysis.RelatedInformation{Pos: at.From, End: at.To, Message: "a request without a deadline"})
				break
			}
		}
	}
	if c.Literal && c.Library == "net/http" && c.Site.Package == r.pass.Pkg.Path() {
		if fix, ok := edit.Field(r.pass, span.From, "Timeout", "10 * time.Second", "time"); ok {
			f.Fixes = []analysis.SuggestedFix{fix}
		}
	}
	r.judge.Report(f)
}
