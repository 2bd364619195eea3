package logtofile

import (
	_ "embed"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/loggers"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
	"github.com/opslint/opslint/internal/rule"
)

//go:embed example.txtar
var example string

// Rule is the demand that the analyzer checks.
var Rule = &rule.Rule{
	ID:    "go/log-to-file",
	Title: "Log written to a file",
	Description: `A service writes its log to a standard stream and leaves it to the platform to collect, keep and
rotate it. A log in a file inside a container is lost with the container, fills its disk, and is seen by nobody.

The rule looks at the writers of the loggers that a service makes while it serves: it reports files that are
opened by a path, writers that rotate files (lumberjack, rotatelogs), connections to syslog, and glog, which
writes files unless it is told otherwise. One such writer beside a standard stream counts too.

A file that is only written if somebody asks for it, by a flag or in the configuration, is not reported. Nor
are command-line tools, what happens only in development, and files that are no log.`,
	Remedy:   "let the logger write to os.Stdout or os.Stderr and leave storing and rotating to the platform",
	Severity: rule.Error,
	Clauses:  []string{"OPS-11.8"},
	Scope:    rule.ScopePackage,
	Example:  judge.Example(example),
}

// Analyzer reports services whose log goes to files or to syslog.
var Analyzer = &analysis.Analyzer{
	Name:       "logtofile",
	Doc:        "report services that write their log to files\n\n" + Rule.Description,
	Requires:   []*analysis.Analyzer{loggers.Analyzer},
	Run:        run,
	ResultType: judge.Type,
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	if program := pass.ResultOf[loggers.Analyzer].(*loggers.Program); program != nil {
		c := &checker{program, loggers.Reporter{Pass: pass, Judge: j}}
		c.glog()
		for i := range program.Events {
			if e := &program.Events[i]; e.Library != "glog" && e.Condition.Branch != loggers.Development {
				c.event(e)
			}
		}
	}
	return j.Result(), nil
}

type checker struct {
	program *loggers.Program
	loggers.Reporter
}

// event judges where one event makes a logger write.
func (c *checker) event(e *loggers.Event) {
	streams, unknown, judged := false, false, false
	for _, s := range e.Writer {
		switch {
		case s.Condition.Branch == loggers.Development:
		case s.Origin == loggers.File || s.Origin == loggers.Rotation || s.Origin == loggers.Syslog:
			c.source(e, s)
			judged = true
		case s.Origin == loggers.Stream:
			streams = true
		case s.Origin == loggers.Unknown:
			unknown = true
		}
	}
	switch {
	case judged:
	case unknown:
		c.Undetermined(e.Site, "where "+e.Text+" writes is not known here; give it os.Stdout or os.Stderr")
	case streams:
		c.Examine(e.Site)
	}
}

// source judges one writer that is no stream.
func (c *checker) source(e *loggers.Event, s loggers.Source) {
	at := e.Site
	if s.Via != (shutdown.Site{}) {
		at = s.Via
	}
	when := e.Condition
	if when.Branch == loggers.Always {
		when = s.Condition
	}
	switch {
	case when.Branch == loggers.Always, when.Branch == loggers.Fallback && when.Settled:
		c.Report(at, "the log goes to "+place(s)+" instead of a standard stream", e.Text, s.Site, "opened here")
	case when.Choice != "":
		c.Undetermined(at, "whether the log goes to "+place(s)+" depends on "+when.Choice+"; write to a standard stream always")
	default:
		c.Undetermined(at, "the log goes to "+place(s)+" on request; write to a standard stream always")
	}
}

func place(s loggers.Source) string {
	switch {
	case s.Origin == loggers.Syslog:
		return "syslog"
	case s.Text != "":
		return s.Text
	case s.Origin == loggers.Rotation:
		return "a rotated file"
	}
	return "a file"
}

// glog judges a service that logs by glog, which writes to files unless its flag
// says otherwise.
func (c *checker) glog() {
	use := c.program.First(func(e *loggers.Event) bool { return e.Kind == loggers.Use && e.Library == "glog" })
	if use == nil {
		return
	}
	set := c.program.First(func(e *loggers.Event) bool { return e.Kind == loggers.Write && e.Library == "glog" })
	switch {
	case set == nil:
		c.Report(use.Site, "glog writes to files in the temporary directory unless -logtostderr is set", "glog", shutdown.Site{}, "")
	case set.Writer.Has(loggers.Stream):
		c.Examine(use.Site)
	default:
		c.Undetermined(use.Site, "whether glog writes to files depends on its flags; set logtostderr in the program")
	}
}
