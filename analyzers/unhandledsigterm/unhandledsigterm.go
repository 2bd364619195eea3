package unhandledsigterm

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
	"github.com/opslint/opslint/internal/rule"
)

//go:embed example.txtar
var example string

// Rule is the demand that the analyzer checks.
var Rule = &rule.Rule{
	ID:    "go/unhandled-sigterm",
	Title: "Service that does not trap SIGTERM",
	Description: `An orchestrator stops a container by SIGTERM and kills it some seconds later. A
service that does not trap the signal ends at once: requests in flight are cut
off and work that was begun is lost, on every deployment.

A service is a program that serves until it is stopped from outside. Counted as
a trap are signal.Notify and signal.NotifyContext with SIGTERM or without any
signal, and what the common libraries offer for the same purpose. The trap has
to be set before the program serves, in a function that is called, and somebody
has to look at its channel or context. Tools, jobs and functions that a host
runs, such as Lambda functions, need none.

Nothing is reported where part of a program is out of sight.`,
	Remedy:   "derive a context with signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM) and shut the server down when it ends",
	Severity: rule.Error,
	Clauses:  []string{"OPS-9.3", "OPS-9.12"},
	Scope:    rule.ScopePackage,
	Parameters: []rule.Parameter{{
		Name:        "signals",
		Type:        rule.TypeStrings,
		Description: "signals that a service has to trap: SIGTERM, and SIGINT if an interrupt from a terminal has to be handled too",
		Default:     []any{"SIGTERM"},
	}},
	Example: judge.Example(example),
}

var wanted = judge.Strings{"SIGTERM"}

// Analyzer reports services that do not trap SIGTERM.
var Analyzer = newAnalyzer()

func newAnalyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:       "unhandledsigterm",
		Doc:        "report services that SIGTERM kills\n\n" + Rule.Description,
		Requires:   []*analysis.Analyzer{shutdown.Analyzer},
		Run:        run,
		ResultType: judge.Type,
	}
	a.Flags.Var(&wanted, "signals", "comma-separated `list` of signals that a service has to trap")
	return a
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	program := pass.ResultOf[shutdown.Analyzer].(*shutdown.Program)
	if program == nil {
		return j.Result(), nil
	}
	service := program.Service()
	if service == nil {
		return j.Result(), nil
	}
	r := &report{pass: pass, judge: j, program: program, service: service}
	r.sinks()
	return j.Result(), nil
}

type report struct {
	pass    *analysis.Pass
	judge   *judge.Judge
	program *shutdown.Program
	service *shutdown.Service
}

// sinks judges what holds the service. A signal that is not trapped is one
// finding however many servers it cuts off: at the one that holds the main
// goroutine.
func (r *report) sinks() {
	first := slices.IndexFunc(r.service.Sinks, func(s shutdown.Sink) bool { return s.Main })
	main := &r.service.Sinks[max(first, 0)]
	r.sink(main)
	for i := range r.service.Sinks {
		if sink := &r.service.Sinks[i]; sink != main && (sink.Endless != nil || r.fault(main).message == "") {
			r.sink(sink)
		}
	}
}

// sink judges one thing that holds the service.
func (r *report) sink(sink *shutdown.Sink) {
	place := sink.Site
	f := r.fault(sink)
	if f.message != "" && sink.Endless != nil {
		place = *sink.Endless
	}
	span, placed := shutdown.Span(r.pass, place)
	if !placed { // in another module of a workspace
		var ok bool
		if span, ok = shutdown.Span(r.pass, r.program.Main()); !ok {
			return
		}
	}
	switch {
	case f.message == "":
		r.judge.Examine(span)
	case f.doubt != "":
		r.judge.Undetermined(span, f.doubt)
	default:
		if placed && place.Package != r.pass.Pkg.Path() {
			f.related = append(f.related, r.related(r.program.Main(), "the program starts here")...)
		}
		r.judge.Examine(span)
		r.judge.Report(judge.Finding{Range: span, Message: f.message, Related: f.related, Fixes: f.fixes, Detail: judge.Detail{Key: sink.Text, Severity: f.severity, SafeFix: len(f.fixes) > 0}})
	}
}

// A fault is what is wrong while a sink serves; doubt says why that is not certain.
type fault struct {
	message  string
	related  []analysis.RelatedInformation
	severity rule.Severity
	doubt    string
	fixes    []analysis.SuggestedFix // safe ones
}

// fault finds what is wrong while a sink serves; its message is empty if
// nothing is.
func (r *report) fault(sink *shutdown.Sink) fault {
	s := r.service
	serves := sink.Text + " serves"
	if sink.Loop {
		serves = sink.Text + " runs"
	}
	if slices.ContainsFunc(s.Traps, term) {
		return r.interrupt(serves)
	}
	f := fault{doubt: r.doubt(sink)}
	say := func(traps []shutdown.Trap, note, message string) fault {
		f.message = message
		for _, t := range traps {
			f.related = append(f.related, r.related(t.Site, note)...)
		}
		return f
	}
	switch {
	case slices.ContainsFunc(s.Ignored, term):
		return say(s.Ignored, "ignored here", "SIGTERM is ignored while "+serves)
	case slices.ContainsFunc(s.Unread, term):
		return say(s.Unread, "trapped here", "SIGTERM is trapped, but nothing waits for it while "+serves)
	case slices.ContainsFunc(s.Late, term):
		return say(s.Late, "reached only after it returns", serves+" before SIGTERM is trapped")
	case len(s.Traps) > 0:
		f.fixes = r.fixes(s.Traps)
		return say(s.Traps, "trapped here", fmt.Sprintf("only %s trapped while %s", are(union(s.Traps)), serves))
	case slices.ContainsFunc(s.Uncalled, term):
		return say(s.Uncalled, "never called", serves+", but nothing calls the function that traps SIGTERM")
	}
	return say(nil, "", serves+", but nothing traps SIGTERM")
}

// interrupt finds fault with a service that traps SIGTERM but not SIGINT, if
// that is wanted too.
func (r *report) interrupt(serves string) fault {
	if !slices.Contains(wanted, "SIGINT") || union(r.service.Traps).MayHold(shutdown.SIGINT) {
		return fault{}
	}
	return fault{message: "SIGINT is not trapped while " + serves, severity: rule.Note}
}

// are writes signals with the verb that follows them.
func are(signals shutdown.Signals) string {
	if text := signals.String(); strings.Contains(text, " and ") {
		return text + " are"
	}
	return signals.String() + " is"
}

func term(t shutdown.Trap) bool { return t.Signals.MayHold(shutdown.SIGTERM) }

func union(traps []shutdown.Trap) shutdown.Signals {
	var all shutdown.Signals
	for _, t := range traps {
		all |= t.Signals
	}
	return all
}

// doubt says why the absence of a trap is not certain; empty if it is.
func (r *report) doubt(sink *shutdown.Sink) string {
	switch s := r.service; {
	case s.Unsure != "":
		return s.Unsure
	case s.StopsItself && len(s.Traps) == 0 && sink.Endless == nil:
		return sink.Text + " is stopped by something other than a signal"
	}
	return ""
}

func (r *report) related(site shutdown.Site, message string) []analysis.RelatedInformation {
	return shutdown.Related(r.pass, site, message)
}
