package unstructuredlog

import (
	_ "embed"
	"fmt"
	"go/ast"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/loggers"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
	"github.com/opslint/opslint/internal/rule"
)

//go:embed example.txtar
var example string

// Rule is the demand that the analyzer checks.
var Rule = &rule.Rule{
	ID:    "go/unstructured-log",
	Title: "Log that is not JSON",
	Description: `A line of JSON is searched, counted and alerted on by its fields; a line of text has to be
taken apart by expressions that break with every rewording.

The rule looks at the services of the module, programs that listen and serve, and asks for each logging
library that one reaches how it writes: an encoder for text, a library that writes text until it is configured
(log, slog, logrus, klog, glog and others), a logger of its own beside a JSON one, an access log, a print to a
standard stream. Choosing a library for structured logs is not enough: logrus, slog, klog and zap's development
preset write text.

Command-line tools are exempt, and so is what happens only in development: behind a comparison of an
environment with "dev", a debug flag, or the question whether the output is a terminal.`,
	Remedy:   "install one logger that writes JSON, such as slog.New(slog.NewJSONHandler(os.Stdout, nil)) with slog.SetDefault, and log through it",
	Severity: rule.Error,
	Clauses:  []string{"OPS-11.1"},
	Scope:    rule.ScopePackage,
	Parameters: []rule.Parameter{
		{Name: "format", Type: rule.TypeString, Default: "json", Description: "the form of the log: json, or logfmt, which accepts lines of key=value too"},
	},
	Example: judge.Example(example),
}

// Analyzer reports services whose log is not JSON.
var Analyzer = newAnalyzer()

var format string

func newAnalyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:       "unstructuredlog",
		Doc:        "report services that log text instead of JSON\n\n" + Rule.Description,
		Requires:   []*analysis.Analyzer{reach.Analyzer, shutdown.Analyzer},
		Run:        run,
		ResultType: judge.Type,
		FactTypes:  []analysis.Fact{new(Fact)},
	}
	a.Flags.StringVar(&format, "format", "json", Rule.Parameters[0].Description)
	return a
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	if !judge.Own(pass) {
		return j.Result(), nil
	}
	graph := pass.ResultOf[reach.Analyzer].(*reach.Result)
	g := &gatherer{
		pass:   pass,
		graph:  graph,
		guards: loggers.NewGuards(pass, graph),
		events: make(map[*reach.Node][]Event),
	}
	for _, file := range pass.Files {
		if !strings.HasSuffix(pass.Fset.File(file.FileStart).Name(), "_test.go") && !ast.IsGenerated(file) {
			g.file(file)
		}
	}
	if g.graph.Main == nil {
		if len(g.events) > 0 {
			pass.ExportPackageFact(&Fact{reach.DeedsOf(g.events)})
		}
		return j.Result(), nil
	}
	if service := pass.ResultOf[shutdown.Analyzer].(*shutdown.Program); service != nil && service.Serves() {
		p := &program{pass: pass, judge: j, main: g.graph.Span(g.graph.Main), events: g.reached(service)}
		p.decide()
	}
	return j.Result(), nil
}

// A program is one service with all that it does to the log.
type program struct {
	pass   *analysis.Pass
	judge  *judge.Judge
	main   shutdown.Site // function main
	events []Event
}

func (p *program) decide() {
	libraries := make(map[string]bool)
	for _, e := range p.events {
		switch e.Kind {
		case access:
			p.report(e, e.Text+" writes its access log as text"+advice(e.Library))
		case encoder, use:
			libraries[e.Library] = true
		}
	}
	if first, count := p.first(printed, ""); count > 0 {
		p.report(first, first.Text+" writes a line that is not JSON"+times(count))
	}
	for _, lib := range slices.Sorted(maps.Keys(libraries)) {
		p.encoders(lib)
		p.uses(lib)
	}
}

// advice says how to get JSON from the first of some functions or libraries of
// which there is more to say than the rule's remedy does.
func advice(names ...string) string {
	if i := slices.IndexFunc(names, func(name string) bool { return logapi.Advice(name) != "" }); i >= 0 {
		text := logapi.Advice(names[i])
		return "; " + text
	}
	return ""
}

// encoders judges the encoders that the program makes for a library.
func (p *program) encoders(lib string) {
	for _, e := range p.events {
		if e.Kind != encoder || e.Library != lib {
			continue
		}
		choice := e
		if e.Branch == loggers.Always {
			choice = p.alternative(e)
		}
		switch {
		case e.Output == logapi.JSONOutput, e.Output == logapi.LogfmtOutput && format == "logfmt":
			p.examine(e)
		case lib == "logrus" && e.Instance && !p.configured(lib):
			// the library is judged as a whole
		case e.Output == logapi.UnknownOutput:
			if lib != "log" {
				p.undetermined(e, "the form of the log is not known here; write it with a handler that is known to write JSON")
			}
		case choice.Branch == loggers.Requested:
			p.examine(e)
		case choice.Branch == loggers.Fallback && !choice.Settled:
			p.undetermined(e, "whether this writes depends on "+choice.Choice+"; make JSON the default")
		case choice.Branch == loggers.Fallback:
			p.report(e, e.Text+" writes text unless JSON is asked for"+advice(lib))
		case lib == "promslog":
			p.report(e, e.Text+" writes logfmt unless its format is set"+advice(lib))
		case e.Instead != "":
			p.report(e, e.Text+" writes text, "+e.Instead+" JSON")
		default:
			p.report(e, e.Text+" writes text"+advice(e.Text, lib))
		}
	}
}

// alternative looks for a JSON encoder of the same function that is made on a
// condition; without one the event is returned as it is.
func (p *program) alternative(e Event) Event {
	for _, other := range p.events {
		if other.Kind == encoder && other.Library == e.Library && other.Output == logapi.JSONOutput &&
			other.Site.Package == e.Site.Package && other.Site.File == e.Site.File && other.Branch == loggers.Requested &&
			max(other.Site.Line-e.Site.Line, e.Site.Line-other.Site.Line) < nearby {
			e.Branch, e.Choice, e.Settled = loggers.Fallback, other.Choice, other.Settled
			return e
		}
	}
	return e
}

// nearby is how many lines apart two encoders are taken for alternatives.
const nearby = 25

// uses judges the calls of a library that nothing in the program configures.
func (p *program) uses(lib string) {
	first, count := p.first(use, lib)
	if count == 0 {
		return
	}
	installed := p.any(func(e Event) bool { return e.Kind == install && (e.Library == "slog" || e.Library == lib) })
	configured := p.configured(lib)
	switch {
	case lib == "log" && installed, lib == "slog" && installed:
		p.examine(first) // as good as what was installed
	case lib == "log" && configured:
		p.undetermined(first, "the log goes to a writer whose form is not known; install a JSON handler with slog.SetDefault")
	case lib != "slog" && configured:
		p.examine(first)
	case lib == "slog":
		p.report(first, "slog writes text unless a JSON handler is installed"+times(count))
	case lib == "logrus":
		p.report(first, "logrus writes text unless a formatter is set"+times(count))
	default:
		p.report(first, lib+" writes text"+times(count)+advice(lib))
	}
}

// configured reports whether an encoder is made for a library's default logger.
func (p *program) configured(lib string) bool {
	return p.any(func(e Event) bool { return e.Kind == encoder && e.Library == lib && !e.Instance })
}

func times(n int) string {
	if n == 1 {
		return ""
	}
	return fmt.Sprintf(" (%d calls)", n)
}

func (p *program) any(is func(Event) bool) bool { return slices.ContainsFunc(p.events, is) }

// first returns the first event of a kind and library, "" for any: one of
// function main if there is one, else of its package. Count is how many calls
// there are.
func (p *program) first(kind Kind, lib string) (first Event, count int) {
	rank := 0
	for _, e := range p.events {
		if e.Kind != kind || lib != "" && e.Library != lib {
			continue
		}
		own := 1
		switch {
		case p.main.Holds(e.Site):
			own = 3
		case e.Site.Package == p.pass.Pkg.Path():
			own = 2
		}
		if own > rank {
			first, rank = e, own
		}
		count += max(e.Count, 1)
	}
	return first, count
}

func (p *program) examine(e Event) {
	if span, ok := shutdown.Span(p.pass, e.Site); ok {
		p.judge.Examine(span)
	}
}

func (p *program) undetermined(e Event, reason string) {
	if span, ok := shutdown.Span(p.pass, e.Site); ok {
		p.judge.Undetermined(span, reason)
	}
}

func (p *program) report(e Event, message string) {
	span, ok := shutdown.Span(p.pass, e.Site)
	if !ok {
		return
	}
	p.judge.Examine(span)
	finding := judge.Finding{Range: span, Message: message, Detail: judge.Detail{Key: e.Text}}
	if fix, ok := p.fix(e, span); ok {
		finding.Fixes = []analysis.SuggestedFix{fix}
	}
	p.judge.Report(finding)
}

// fix offers the JSON twin of an encoder in the package at hand.
func (p *program) fix(e Event, span judge.Span) (analysis.SuggestedFix, bool) {
	if e.Instead == "" || e.Site.Package != p.pass.Pkg.Path() {
		return analysis.SuggestedFix{}, false
	}
	for _, file := range p.pass.Files {
		if span.From < file.FileStart || file.FileEnd < span.To {
			continue
		}
		var name *ast.Ident
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && call.Pos() == span.From && call.End() == span.To {
				if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
					name = sel.Sel
				}
			}
			return name == nil
		})
		if name != nil {
			return analysis.SuggestedFix{
				Message:   "use " + e.Instead,
				TextEdits: []analysis.TextEdit{{Pos: name.Pos(), End: name.End(), NewText: []byte(e.Instead)}},
			}, true
		}
	}
	return analysis.SuggestedFix{}, false
}
