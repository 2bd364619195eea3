package undrainedserver

import (
	_ "embed"
	"fmt"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
	"github.com/opslint/opslint/internal/rule"
)

//go:embed example.txtar
var example string

// Rule is the demand that the analyzer checks.
var Rule = &rule.Rule{
	ID:    "go/undrained-server",
	Title: "Server that drops open requests on SIGTERM",
	Description: `A program that traps SIGTERM has to use the time that it gains: the server stops
accepting and finishes the requests that it has begun. net/http, echo and fasthttp
do that in Shutdown, gRPC in GracefulStop. Close and Stop cut the connections, and
so does a return or an exit.

The rule looks at each server of a service that traps SIGTERM and asks what stops
that very server. Reported are a server that nothing shuts down, one that is only
closed, one beside another that is shut down in its place, and a serving call
that keeps its server to itself, such as http.ListenAndServe or the Run of gin.

Servers of metrics, health or profiles beside the main one need no drain, nor do
libraries that drain by themselves, nor workers. Nothing is reported where a part
of the program is out of sight.`,
	Remedy:   "keep the server in a variable and call its Shutdown, for gRPC GracefulStop, with a context of at most 30 s when the signal arrives, before main returns",
	Severity: rule.Error,
	Clauses:  []string{"OPS-9.3", "OPS-9.8"},
	Scope:    rule.ScopePackage,
	Example:  judge.Example(example),
}

// Analyzer reports servers that drop open requests on SIGTERM.
var Analyzer = &analysis.Analyzer{
	Name:       "undrainedserver",
	Doc:        "report servers that drop open requests on SIGTERM\n\n" + Rule.Description,
	Requires:   []*analysis.Analyzer{shutdown.Analyzer},
	Run:        run,
	ResultType: judge.Type,
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	program := pass.ResultOf[shutdown.Analyzer].(*shutdown.Program)
	if program == nil || program.Service() == nil || !program.Traps() {
		return j.Result(), nil
	}
	r := &report{pass: pass, judge: j, program: program}
	for _, s := range program.Servers() {
		if s.Trapped {
			r.server(s)
		}
	}
	return j.Result(), nil
}

type report struct {
	pass    *analysis.Pass
	judge   *judge.Judge
	program *shutdown.Program
}

// server judges one server.
func (r *report) server(s *shutdown.Server) {
	span, origin, ok := r.program.Place(r.pass, s.Site)
	switch {
	case !ok:
	case s.Kind == shutdown.Managed, len(s.Drains) > 0, s.Side:
		r.judge.Examine(span)
	default:
		if doubt := r.doubt(s); doubt != "" {
			r.judge.Undetermined(span, doubt)
			return
		}
		r.judge.Examine(span)
		r.report(s, span, origin)
	}
}

// doubt says why it is not certain that a server is not drained, or that it has
// to be; empty if it is.
func (r *report) doubt(s *shutdown.Server) string {
	if s.Given != "" {
		return s.Name + " is handed to " + s.Given + ", which may shut it down"
	}
	if s.Loose != "" {
		return "whether the program calls " + s.Loose + " cannot be seen"
	}
	if s.Aside {
		return s.Text + " may be a server that needs no drain, by the names around it"
	}
	why, _ := r.program.Certain()
	return why
}

// report finds the place that is to blame: the call that cuts the server off,
// the drain of another in its place, the exit, else the serving call.
func (r *report) report(s *shutdown.Server, span judge.Span, origin []analysis.RelatedInformation) {
	f := judge.Finding{Range: span, Related: origin, Detail: judge.Detail{Key: s.Text}}
	at := func(site shutdown.Site) {
		if blamed, related, ok := r.program.Place(r.pass, site); ok {
			f.Range, f.Related = blamed, append(shutdown.Related(r.pass, s.Site, "serves here"), related...)
			r.judge.Examine(blamed)
		}
	}
	switch other := r.other(s); {
	case len(s.Cuts) > 0:
		f.Message = fmt.Sprintf("%s drops open requests on SIGTERM; call %s", s.Cuts[0].Text, drainOf(s.Kind, s.Cuts[0].Name))
		at(s.Cuts[0].Site)
	case s.Kind == shutdown.Bare:
		f.Message = s.Text + " gives no server to shut down and drops open requests on SIGTERM; serve with an http.Server and call its Shutdown"
	case other != nil:
		f.Message = fmt.Sprintf("%s is shut down, %s serves; call %s", other.Name, s.Name, drainOf(s.Kind, s.Name))
		at(other.Site)
	default:
		f.Message = fmt.Sprintf("nothing shuts %s down on SIGTERM; call %s", s.Name, drainOf(s.Kind, s.Name))
		if text, site, ok := r.program.Ended(); ok && site.Package == s.Site.Package {
			f.Message = fmt.Sprintf("%s drops open requests on SIGTERM; call %s before", text, drainOf(s.Kind, s.Name))
			at(site)
		}
	}
	r.judge.Report(f)
}

// drainOf is the call that would drain a server.
func drainOf(kind shutdown.Kind, name string) string {
	if kind == shutdown.GRPC {
		return name + ".GracefulStop"
	}
	return name + ".Shutdown"
}

// other returns a drain that stops another server of the kind, which the program
// does not serve with.
func (r *report) other(s *shutdown.Server) *shutdown.Drain {
	for _, d := range r.program.Drains() {
		if d.Kind == s.Kind && !slices.ContainsFunc(r.program.Servers(), func(other *shutdown.Server) bool {
			return other.Kind == s.Kind && other.In != s.In && slices.Contains(other.Drains, d)
		}) {
			return d
		}
	}
	return nil
}
