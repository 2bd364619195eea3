package logwithoutcontext

import (
	_ "embed"
	"maps"
	"slices"
	"strings"

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
	ID:    "go/log-without-context",
	Title: "Log call that drops the context",
	Description: `A handler of log/slog may take the correlation id of the request from the context and add
it to each line. A call without the context, such as slog.Info instead of slog.InfoContext, writes a line that
nobody finds again. The same goes for programs that put a logger with the id into the context and then log
through the global one.

The rule looks at programs in which the id reaches the log through the context, and there at log calls in
functions that a request leads to and that have its context at hand: a parameter of type context.Context or
*http.Request, or the context of gin or echo. Calls on a logger that was made for the request are left out, and
so is what is done at the start and at the end of the program.`,
	Remedy:   "call the variant with a context, such as slog.InfoContext, or the logger that the context carries",
	Severity: rule.Warning,
	Clauses:  []string{"OPS-11.2"},
	Scope:    rule.ScopePackage,
	Example:  judge.Example(example),
}

// Analyzer reports log calls that drop the context with the correlation id.
var Analyzer = &analysis.Analyzer{
	Name:       "logwithoutcontext",
	Doc:        "report log calls that drop the context with the correlation id\n\n" + Rule.Description,
	Requires:   []*analysis.Analyzer{reach.Analyzer, shutdown.Analyzer},
	Run:        run,
	ResultType: judge.Type,
	FactTypes:  []analysis.Fact{new(Fact)},
}

// A Fact is what the functions of a package do about contexts and logs.
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
	lives := pass.ResultOf[shutdown.Analyzer].(*shutdown.Program)
	if lives == nil || !lives.Serves() {
		return j.Result(), nil
	}
	serving := graph.Serving(lives)
	events := own.In(serving)
	for _, f := range pass.AllPackageFacts() {
		if fact, ok := f.Fact.(*Fact); ok && f.Package != pass.Pkg {
			events = append(events, fact.Deeds.In(serving)...)
		}
	}
	slices.SortFunc(events, Event.compare)
	r := &report{pass: pass, judge: j, graph: graph, events: events}
	r.decide()
	return j.Result(), nil
}

type report struct {
	pass   *analysis.Pass
	judge  *judge.Judge
	graph  *reach.Result
	events []Event
}

// decide judges the log calls that a request leads to.
func (r *report) decide() {
	carried := r.carried()
	if len(carried) == 0 {
		return
	}
	asked := r.asked()
	for i := range r.events {
		e := &r.events[i]
		key, carries := carried[e.Library]
		if (e.Kind != drops && e.Kind != keeps) || !carries || !asked[e.Func] {
			continue
		}
		if e.Method && e.Library == "slog" && !r.single() {
			continue // which logger that is cannot be told
		}
		span, ok := shutdown.Span(r.pass, e.Site)
		if !ok {
			continue
		}
		r.judge.Examine(span)
		if e.Kind == keeps {
			continue
		}
		finding := judge.Finding{Range: span, Message: e.Text + " drops the context that carries " + key, Detail: judge.Detail{Key: e.Text}}
		if fix, ok := r.fix(e); ok {
			finding.Fixes, finding.SafeFix = []analysis.SuggestedFix{fix}, e.Sole
		}
		r.judge.Report(finding)
	}
}

// carried returns the libraries whose lines get the id through the context, with
// the key of the id.
func (r *report) carried() map[string]string {
	carried := make(map[string]string)
	installed := slices.ContainsFunc(r.events, func(e Event) bool { return e.Kind == installs })
	for _, e := range r.events {
		if e.Kind == reads && (e.Library != "slog" || installed) && carried[e.Library] == "" {
			carried[e.Library] = e.Text
		}
	}
	return carried
}

// single reports whether the program makes one logger of slog, so that each is
// made from it.
func (r *report) single() bool {
	made := 0
	for _, e := range r.events {
		if e.Kind == makes {
			made++
		}
	}
	return made == 1
}

// asked returns the functions, by ID, that a request leads to.
func (r *report) asked() map[string]bool {
	asked := make(map[string]bool)
	for _, e := range r.events {
		if e.Kind == handles && !asked[e.Func] {
			maps.Copy(asked, r.graph.From(e.Func))
		}
	}
	return asked
}

// fix offers the variant of a call that takes a context.
func (r *report) fix(e *Event) (analysis.SuggestedFix, bool) {
	if len(e.Edits) == 0 {
		return analysis.SuggestedFix{}, false
	}
	var edits []analysis.TextEdit
	for _, edit := range e.Edits {
		span, ok := shutdown.Span(r.pass, edit.Site)
		if !ok {
			return analysis.SuggestedFix{}, false
		}
		edits = append(edits, analysis.TextEdit{Pos: span.From, End: span.To, NewText: []byte(edit.Text)})
	}
	return analysis.SuggestedFix{Message: "pass the context to " + strings.TrimSuffix(e.Text, "Context") + "Context", TextEdits: edits}, true
}
