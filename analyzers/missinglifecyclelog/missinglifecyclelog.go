package missinglifecyclelog

import (
	_ "embed"
	"path"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/loggers"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
	"github.com/opslint/opslint/internal/rule"
)

//go:embed example.txtar
var example string

// Rule is the demand that the analyzer checks.
var Rule = &rule.Rule{
	ID:    "go/missing-lifecycle-log",
	Title: "Start or stop of a service that leaves no trace in the log",
	Description: `When a service was started again, by whom it was stopped and how long that took is what one asks first after an
incident. The log answers if the service says that it starts and that it was told to stop.

The rule looks at services and reports one of which nothing on the way from function main logs, handlers of
requests left aside, and one that traps a signal and logs nothing behind what it waits for. What is only logged
if there is an error does not count.

Frameworks that log by themselves (fx, controller-runtime, kratos, go-zero, hertz) make the rule silent.`,
	Remedy:   "log a line before serving and one when the signal has come",
	Severity: rule.Note,
	Clauses:  []string{"OPS-9.13"},
	Scope:    rule.ScopePackage,
	OptIn:    true,
	Example:  judge.Example(example),
}

// Analyzer reports services whose start or stop leaves no trace.
var Analyzer = &analysis.Analyzer{
	Name:       "missinglifecyclelog",
	Doc:        "report services that do not log their start or stop\n\n" + Rule.Description,
	Requires:   []*analysis.Analyzer{reach.Analyzer, shutdown.Analyzer},
	Run:        run,
	ResultType: judge.Type,
	FactTypes:  []analysis.Fact{new(Fact)},
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	if !judge.Own(pass) {
		return j.Result(), nil
	}
	graph := pass.ResultOf[reach.Analyzer].(*reach.Result)
	g := &gatherer{pass: pass, graph: graph, events: make(map[*reach.Node][]Event)}
	own := g.fact()
	if graph.Main == nil {
		pass.ExportPackageFact(own)
		return j.Result(), nil
	}
	program := pass.ResultOf[shutdown.Analyzer].(*shutdown.Program)
	if program == nil || program.Service() == nil || program.Service().Maybe || len(program.Service().Sinks) == 0 {
		return j.Result(), nil
	}
	c := &checker{service: program.Service(), name: nameOf(pass), Reporter: loggers.Reporter{Pass: pass, Judge: j}}
	facts := []*Fact{own}
	for _, f := range pass.AllPackageFacts() {
		if fact, ok := f.Fact.(*Fact); ok && f.Package != pass.Pkg {
			facts = append(facts, fact)
		}
	}
	c.decide(facts, graph.Serving(program))
	return j.Result(), nil
}

// nameOf names a program as people do: by its folder in the module.
func nameOf(pass *analysis.Pass) string {
	if pass.Module != nil && pass.Module.Path != "" && pass.Module.Path != pass.Pkg.Path() {
		return strings.TrimPrefix(pass.Pkg.Path(), pass.Module.Path+"/")
	}
	return path.Base(pass.Pkg.Path())
}

type checker struct {
	service *shutdown.Service
	name    string
	loggers.Reporter
}

func (c *checker) decide(facts []*Fact, serving map[string]bool) {
	sink := c.service.Sinks[0].Site
	deeds := make(map[string][]Event)
	for _, fact := range facts {
		if fact.Framework {
			c.Examine(sink)
			return
		}
		for _, deed := range fact.Deeds {
			if serving[deed.Func] {
				deeds[deed.Func] = append(deeds[deed.Func], deed.Events...)
			}
		}
	}
	starts, stops := traces(deeds)
	switch {
	case !starts:
		c.Report(sink, "start of "+c.name+" leaves no trace in the log", "start", shutdown.Site{}, "")
	case !stops && c.service.Unsure == "" && len(c.service.Traps) > 0:
		c.Report(c.service.Traps[0].Site, "stop of "+c.name+" leaves no trace in the log", "stop", sink, "serves here")
	default:
		c.Examine(sink)
	}
}

// traces reports whether anything logs, and whether anything logs behind what is
// waited for: there, or in a function that is referred to from there.
func traces(deeds map[string][]Event) (starts, stops bool) {
	behind := make(map[string]bool)
	var queue []string
	for _, events := range deeds {
		for _, e := range events {
			switch {
			case e.Func == "":
				starts = true
				stops = stops || e.Behind
			case e.Behind && !behind[e.Func]:
				behind[e.Func] = true
				queue = append(queue, e.Func)
			}
		}
	}
	for ; len(queue) > 0 && !stops; queue = queue[1:] {
		for _, e := range deeds[queue[0]] {
			if e.Func == "" {
				return starts, true
			}
			if !behind[e.Func] {
				behind[e.Func] = true
				queue = append(queue, e.Func)
			}
		}
	}
	return starts, stops
}
