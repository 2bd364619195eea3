package missingservertimeout

import (
	_ "embed"
	"slices"
	"strings"

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
	ID:    "go/missing-server-timeout",
	Title: "HTTP server that waits for requests without limit",
	Description: `A client that opens a connection and sends its request byte by byte, or not at all,
holds a goroutine and a file descriptor for as long as it likes. Some thousand of them
stop a service that has no limit.

Every http.Server that a service serves needs a ReadHeaderTimeout or a ReadTimeout; the
limits for idle connections and for writing do not bound how long a request may take to
arrive. The package functions of net/http and the Run methods of gin make a server without
any limit, and so does Start of echo v4 unless its Server field is given one.

Nothing is reported if the limit is set from a variable, in another package, or by a
library that is given the server, or if gosec, which asks for the same, is told to leave
the line alone; servers beside the main one that only listen on a loopback address need
none.`,
	Remedy:   "make an http.Server with ReadHeaderTimeout: 10 * time.Second and serve that",
	Severity: rule.Warning,
	Clauses:  []string{"OPS-3.2"},
	Scope:    rule.ScopePackage,
	Parameters: []rule.Parameter{{
		Name:        "require",
		Type:        rule.TypeString,
		Description: `what must be limited: "read", how long a request may take to arrive, or "read+write", the answer too`,
		Default:     "read",
	}},
	Example: judge.Example(example),
}

var require = "read"

// Analyzer reports servers without a limit for reading requests.
var Analyzer = newAnalyzer()

func newAnalyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:       "missingservertimeout",
		Doc:        "report HTTP servers that wait for requests without limit\n\n" + Rule.Description,
		Requires:   []*analysis.Analyzer{web.Analyzer},
		Run:        run,
		ResultType: judge.Type,
	}
	a.Flags.StringVar(&require, "require", require, Rule.Parameters[0].Description)
	return a
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	program := pass.ResultOf[web.Analyzer].(*web.Program)
	if program == nil || !program.Serves {
		return j.Result(), nil
	}
	judged := make(map[shutdown.Site]bool)
	for i := range program.Servers {
		s := &program.Servers[i]
		if s.Protocol == web.HTTP && !s.Limited && !(len(program.Servers) > 1 && local(s)) {
			r := &report{pass: pass, judge: j, server: s, judged: judged}
			r.decide()
		}
	}
	return j.Result(), nil
}

// local reports whether a server only listens on loopback addresses.
func local(s *web.Server) bool {
	return len(s.Addresses) > 0 && !slices.ContainsFunc(s.Addresses, func(a string) bool { return !web.Loopback(a) })
}

type report struct {
	pass   *analysis.Pass
	judge  *judge.Judge
	server *web.Server
	judged map[shutdown.Site]bool // the literals that have been judged
}

// decide judges the servers that a call may serve, each by itself; without one
// in sight the call makes its own.
func (r *report) decide() {
	s := r.server
	if s.Unknown != "" {
		r.undetermined(s.Site, s.Unknown)
		return
	}
	if s.Excused {
		r.undetermined(s.Site, "gosec is told to leave the server alone")
		return
	}
	if len(s.Objects) == 0 {
		r.report(s.Site, s.Text+" serves without a limit for reading requests", false)
		return
	}
	for _, o := range s.Objects {
		at := o.Site
		if at == (shutdown.Site{}) {
			at = s.Site
		}
		if r.judged[at] {
			continue
		}
		r.judged[at] = true
		if o.Excused {
			r.undetermined(at, "gosec is told to leave the server alone")
			continue
		}
		if fault := missing(o.Fields); fault != "" {
			r.report(at, "the server of "+s.Text+" has "+fault, o.Literal)
		} else if span, ok := shutdown.Span(r.pass, at); ok {
			r.judge.Examine(span)
		}
	}
}

// missing says which limit a server lacks that has these fields set.
func missing(fields []string) string {
	if !slices.Contains(fields, "ReadTimeout") && !slices.Contains(fields, "ReadHeaderTimeout") {
		return "neither ReadHeaderTimeout nor ReadTimeout"
	}
	if require == "read+write" && !slices.Contains(fields, "WriteTimeout") {
		return "no WriteTimeout"
	}
	return ""
}

func (r *report) undetermined(at shutdown.Site, reason string) {
	if span, ok := shutdown.Span(r.pass, at); ok {
		r.judge.Undetermined(span, reason+"; set ReadHeaderTimeout where the server is made")
	}
}

func (r *report) report(at shutdown.Site, message string, isLiteral bool) {
	span, ok := shutdown.Span(r.pass, at)
	if !ok {
		return
	}
	r.judge.Examine(span)
	f := judge.Finding{Range: span, Message: message, Detail: judge.Detail{Key: r.server.Text}}
	if isLiteral && at.Package == r.pass.Pkg.Path() && !strings.HasSuffix(message, "WriteTimeout") {
		if fix, ok := edit.Field(r.pass, span.From, "ReadHeaderTimeout", "10 * time.Second", "time"); ok {
			f.Fixes, f.SafeFix = []analysis.SuggestedFix{fix}, true
		}
	}
	r.judge.Report(f)
}
