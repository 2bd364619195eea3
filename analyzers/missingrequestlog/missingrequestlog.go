package missingrequestlog

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
	ID:    "go/missing-request-log",
	Title: "HTTP server without an access log",
	Description: `Which requests a service answered, with which status and how fast, is the first question
in every incident. A line per request, written when it ends, answers it.

The rule looks for a middleware that writes such a line: those of the common libraries, or
one of the program itself that hands the request on and logs. It is not on by default,
since a proxy or mesh in front of the service may write the log.

Nothing is reported if a middleware of a library is in use that is not known.`,
	Remedy:   "put a middleware around the handlers that logs method, path, status and duration when the request ends",
	Severity: rule.Warning,
	Clauses:  []string{"OPS-11.9", "OPS-11.10"},
	Scope:    rule.ScopePackage,
	OptIn:    true,
	Example:  judge.Example(example),
}

// Analyzer reports HTTP servers without an access log.
var Analyzer = &analysis.Analyzer{
	Name:       "missingrequestlog",
	Doc:        "report HTTP servers without an access log\n\n" + Rule.Description,
	Requires:   []*analysis.Analyzer{shutdown.Analyzer, web.Analyzer},
	Run:        run,
	ResultType: judge.Type,
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	program, server, span, ok := web.Subject(pass, func(s *web.Server) bool { return s.Protocol != web.GRPC && !s.Side })
	if !ok {
		return j.Result(), nil
	}
	switch roles := program.Around(); {
	case roles.Has(web.AccessLog):
		j.Examine(span)
	case roles.Has(web.Unknown):
		j.Undetermined(span, program.UnknownMiddleware()+" is not known; it may write an access log")
	default:
		j.Examine(span)
		j.Report(judge.Finding{Range: span, Message: "nothing logs the requests of " + server.Text, Detail: judge.Detail{Key: server.Text}})
	}
	return j.Result(), nil
}
