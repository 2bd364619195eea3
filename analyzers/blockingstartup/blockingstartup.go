package blockingstartup

import (
	_ "embed"
	"flag"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
	"github.com/opslint/opslint/internal/rule"
)

//go:embed example.txtar
var example string

// Rule is the demand that the analyzer checks.
var Rule = &rule.Rule{
	ID:    "go/blocking-startup",
	Title: "Service that waits before it listens",
	Description: `A service that waits for something before it listens looks dead to the orchestrator:
probes fail, and when many replicas start at once the deployment takes as long as the slowest of them. Worse, a
dependency that stays away keeps the service from saying what is wrong.

The rule looks at what the main goroutine does before the service listens: sleeps, and loops that retry. A loop
is run with the constants that are known, every attempt failing, and what it sleeps is added up with the
timeouts of its dials. Reported are sums above the limit, loops that retry for ever without a context or a
deadline, and dials in such loops that have no timeout.

Goroutines, workers without a port, and durations that only the running program knows are left out.`,
	Remedy:   "listen first and report not ready until the dependency is there, or give up within seconds and let the orchestrator start the service again",
	Severity: rule.Warning,
	Clauses:  []string{"OPS-9.1"},
	Scope:    rule.ScopePackage,
	Parameters: []rule.Parameter{{
		Name:        "max",
		Type:        rule.TypeDuration,
		Description: "how long a service may wait before it listens",
		Default:     10.0,
	}},
	Example: judge.Example(example),
}

// limit is the parameter: how long a start may wait.
var limit = seconds(10 * time.Second)

// seconds is the flag value of a duration, which is written with a unit or as a
// number of seconds.
type seconds time.Duration

func (s *seconds) String() string { return time.Duration(*s).String() }

// Set implements flag.Value.
func (s *seconds) Set(text string) error {
	if n, err := strconv.ParseFloat(text, 64); err == nil {
		*s = seconds(n * float64(time.Second))
		return nil
	}
	d, err := time.ParseDuration(text)
	*s = seconds(d)
	return err
}

var _ flag.Value = &limit

// Analyzer reports services that wait long before they listen.
var Analyzer = newAnalyzer()

func newAnalyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:       "blockingstartup",
		Doc:        "report services that wait long before they listen\n\n" + Rule.Description,
		Requires:   []*analysis.Analyzer{reach.Analyzer, shutdown.Analyzer},
		Run:        run,
		ResultType: judge.Type,
		FactTypes:  []analysis.Fact{new(Fact)},
	}
	a.Flags.Var(&limit, "max", "how long a service may wait before it listens")
	return a
}

// A Fact is what the functions of a package wait.
type Fact struct {
	Deeds reach.Deeds[Wait]
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
	program := pass.ResultOf[shutdown.Analyzer].(*shutdown.Program)
	if program == nil || !program.Serves() || isWorker(program) {
		return j.Result(), nil
	}
	serving := graph.Serving(program)
	waits := own.In(serving)
	for _, f := range pass.AllPackageFacts() {
		if fact, ok := f.Fact.(*Fact); ok && f.Package != pass.Pkg {
			waits = append(waits, fact.Deeds.In(serving)...)
		}
	}
	slices.SortFunc(waits, Wait.compare)
	r := &report{pass: pass, judge: j, before: make(map[shutdown.Site]bool)}
	for _, note := range program.Notes() {
		r.before[note.Site] = r.before[note.Site] || note.Before
	}
	r.waits(slices.DeleteFunc(waits, func(w Wait) bool { return !slices.ContainsFunc(w.Calls, r.isBefore) }))
	return j.Result(), nil
}

// isWorker reports whether a service has no port on which anybody would wait.
func isWorker(program *shutdown.Program) bool {
	service := program.Service()
	return service != nil && !slices.ContainsFunc(service.Sinks, func(s shutdown.Sink) bool { return !s.Worker })
}

type report struct {
	pass   *analysis.Pass
	judge  *judge.Judge
	before map[shutdown.Site]bool // calls on the way to serving
}

func (r *report) isBefore(call shutdown.Site) bool { return r.before[call] }

// waits judges what the program waits on the way to serving.
func (r *report) waits(waits []Wait) {
	var total time.Duration
	var longest *Wait
	for i := range waits {
		w := &waits[i]
		switch {
		case w.Kind == sleeps && w.Sure:
			total += w.Waited
			if longest == nil || w.Waited > longest.Waited {
				longest = w
			}
		case w.Doubt != "":
			r.undetermined(w)
		default:
			r.judgeWait(w)
		}
	}
	if longest == nil {
		return
	}
	if total > time.Duration(limit) {
		r.report(longest, "start sleeps "+spell(total)+" before it listens, "+allowed())
		return
	}
	for i := range waits {
		if waits[i].Kind == sleeps && waits[i].Sure {
			r.examine(&waits[i])
		}
	}
}

func (r *report) judgeWait(w *Wait) {
	switch {
	case w.Kind == retries:
		r.report(w, "start waits for ever in a loop that retries without a context or a deadline")
	case w.Kind == dials:
		r.report(w, w.Text+" in a loop before the service listens has no timeout")
	case w.Waited > time.Duration(limit):
		r.report(w, "start may wait "+w.Text+" before it listens, "+allowed())
	default:
		r.examine(w)
	}
}

func allowed() string {
	text := spell(time.Duration(limit))
	if strings.HasPrefix(text, "1 ") && strings.Count(text, " ") == 1 {
		return text + " is allowed"
	}
	return text + " are allowed"
}

func (r *report) examine(w *Wait) {
	if span, ok := shutdown.Span(r.pass, w.Site); ok {
		r.judge.Examine(span)
	}
}

func (r *report) undetermined(w *Wait) {
	if span, ok := shutdown.Span(r.pass, w.Site); ok {
		r.judge.Undetermined(span, w.Doubt)
	}
}

func (r *report) report(w *Wait, message string) {
	span, ok := shutdown.Span(r.pass, w.Site)
	if !ok {
		return
	}
	finding := judge.Finding{Range: span, Message: message, Detail: judge.Detail{Key: fmt.Sprint(w.Kind, w.Text)}}
	if w.Loop != w.Site && w.Loop != (shutdown.Site{}) {
		if loop, ok := shutdown.Span(r.pass, w.Loop); ok {
			finding.Related = []analysis.RelatedInformation{{Pos: loop.From, End: loop.To, Message: "waits here"}}
		}
	}
	r.judge.Examine(span)
	r.judge.Report(finding)
}
