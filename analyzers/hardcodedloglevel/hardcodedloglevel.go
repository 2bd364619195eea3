package hardcodedloglevel

import (
	_ "embed"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/loggers"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
	"github.com/opslint/opslint/internal/rule"
)

//go:embed example.txtar
var example string

const defaultVariable = "LOG_LEVEL"

// Rule is the demand that the analyzer checks.
var Rule = &rule.Rule{
	ID:    "go/hardcoded-log-level",
	Title: "Log level that cannot be changed",
	Description: `Whoever looks for a fault in production needs more lines for an hour, and whoever pays for them wants fewer
for the rest of the year. Both need a level that is set where the service runs, not where it is built.

The rule looks at the loggers that a service makes and at the calls that set their level. It reports a level that
is a constant on every path, be it written down or what the library uses by itself: nil options of a slog handler,
zap.NewProduction, zerolog without SetGlobalLevel. A level that comes from an environment variable, a flag or a
configuration, with whatever default, passes; so does one that is chosen between constants on a condition, or
that can be changed while the service runs. Libraries without levels (log) are not judged.`,
	Remedy:   "read the level from an environment variable such as LOG_LEVEL, with info as the default",
	Severity: rule.Warning,
	Clauses:  []string{"OPS-11.5"},
	Scope:    rule.ScopePackage,
	Parameters: []rule.Parameter{
		{Name: "level_variable", Type: rule.TypeString, Default: defaultVariable, Description: "the environment variable that the message proposes for the level"},
	},
	Example: judge.Example(example),
}

// Analyzer reports services whose log level is always the same.
var Analyzer = newAnalyzer()

var variable string

func newAnalyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:       "hardcodedloglevel",
		Doc:        "report services whose log level cannot be changed\n\n" + Rule.Description,
		Requires:   []*analysis.Analyzer{loggers.Analyzer},
		Run:        run,
		ResultType: judge.Type,
	}
	a.Flags.StringVar(&variable, "level_variable", defaultVariable, Rule.Parameters[0].Description)
	return a
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	if program := pass.ResultOf[loggers.Analyzer].(*loggers.Program); program != nil {
		c := &checker{program: program, Reporter: loggers.Reporter{Pass: pass, Judge: j}}
		c.decide()
	}
	return j.Result(), nil
}

type checker struct {
	program *loggers.Program
	loggers.Reporter
}

// decide judges the program: one level that can be changed is enough, the
// loggers beside it are not the program's own.
func (c *checker) decide() {
	var leveled []*loggers.Event
	for i := range c.program.Events {
		if e := &c.program.Events[i]; len(e.Levels) > 0 && !aside(e) {
			leveled = append(leveled, e)
		}
	}
	if i := slices.IndexFunc(leveled, c.changes); i >= 0 {
		c.Examine(leveled[i].Site)
		return
	}
	unknown := slices.IndexFunc(leveled, func(e *loggers.Event) bool { return e.Levels.Has(loggers.Unknown) })
	if unknown < 0 && len(leveled) > 0 && c.program.Replaced {
		unknown = 0
	}
	if unknown >= 0 {
		c.Undetermined(leveled[unknown].Site, "where the level comes from is not known here; read it from "+variable)
		return
	}
	leveled = slices.DeleteFunc(leveled, func(e *loggers.Event) bool { return e.Condition.Branch == loggers.Development })
	if chosen(leveled) {
		c.Examine(leveled[0].Site)
		return
	}
	c.constants(leveled)
}

// changes reports whether the level that an event sets may be another one at
// another time.
func (c *checker) changes(e *loggers.Event) bool {
	if e.Levels.Has(loggers.Outside) || e.Kind == loggers.Level && e.Condition.Branch != loggers.Always {
		return true
	}
	if e.Levels.Has(loggers.Unknown) {
		return false
	}
	_, known := e.Levels.Known()
	return !known
}

// aside reports whether a logger is not the one of the service: it writes
// nowhere, or with the level of its library into a writer of the program's own,
// as loggers do that are made for a library.
func aside(e *loggers.Event) bool {
	return len(e.Writer) > 0 && !slices.ContainsFunc(e.Writer, func(s loggers.Source) bool {
		return s.Origin != loggers.Nowhere && (s.Origin != loggers.Unknown || !e.Default)
	})
}

// chosen reports whether a program makes one of several loggers with different
// levels.
func chosen(events []*loggers.Event) bool {
	conditional, levels := false, make(map[string]bool)
	for _, e := range events {
		level, _ := e.Levels.Known()
		levels[level] = true
		conditional = conditional || e.Condition.Branch != loggers.Always
	}
	return conditional && len(levels) > 1
}

// constants reports the levels that are written down, or if none is, the first
// logger that uses what its library does by itself.
func (c *checker) constants(events []*loggers.Event) {
	written := slices.DeleteFunc(slices.Clone(events), func(e *loggers.Event) bool { return e.Default })
	for _, e := range written {
		c.report(e)
	}
	if len(written) > 0 {
		return
	}
	if first := c.program.First(func(e *loggers.Event) bool { return slices.Contains(events, e) }); first != nil {
		c.report(first)
	}
}

func (c *checker) report(e *loggers.Event) {
	level, _ := e.Levels.Known()
	at := e.Site
	if site := e.Levels[0].Site; !e.Default && site != (shutdown.Site{}) {
		at = site
	}
	c.Report(at, "log level is always "+level, e.Text, e.Site, "of this logger")
}
