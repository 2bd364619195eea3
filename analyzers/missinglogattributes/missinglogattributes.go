package missinglogattributes

import (
	_ "embed"
	"slices"
	"strings"

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
	ID:    "go/missing-log-attributes",
	Title: "Log lines that do not say which service wrote them",
	Description: `Where the lines of many services meet, each has to say which service wrote it and in which version: that is
how one finds the lines of a service, and sees that a fault came with a release. A logger that binds both once
does so on every line.

The rule looks at the root logger of a service: the one that it installs as the default one, else those that it
makes. It reports a service of which neither the root logger nor its handler, nor any logger derived from it when
the service is set up, binds the required attributes. Usual names count: app or service.name for the service,
build or revision for the version; component does not.

Attributes from a slice or map that is not constant, handlers and hooks of other modules and of one's own that may
add some make the rule silent.`,
	Remedy:   `bind them once: logger.With("service", name, "version", version)`,
	Severity: rule.Warning,
	Clauses:  []string{"OPS-11.7"},
	Scope:    rule.ScopePackage,
	Parameters: []rule.Parameter{
		{Name: "required_attributes", Type: rule.TypeStrings, Default: []any{"service", "version"}, Description: "the attributes that every line carries"},
	},
	Example: judge.Example(example),
}

// Analyzer reports services whose root logger carries no default attributes.
var Analyzer = newAnalyzer()

var required = judge.Strings{"service", "version"}

func newAnalyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:       "missinglogattributes",
		Doc:        "report services whose log lines do not say which service wrote them\n\n" + Rule.Description,
		Requires:   []*analysis.Analyzer{loggers.Analyzer},
		Run:        run,
		ResultType: judge.Type,
	}
	a.Flags.Var(&required, "required_attributes", Rule.Parameters[0].Description)
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

func (c *checker) decide() {
	root, chain := c.root()
	if root == nil {
		return
	}
	bound, more := c.program.Bound()
	missing := slices.DeleteFunc(slices.Clone(required), func(name string) bool { return names(name, chain.Keys) })
	switch {
	case len(missing) == 0 || !slices.ContainsFunc(required, func(name string) bool { return !names(name, bound) }):
		c.Examine(root.Site)
	case chain.Open || more:
		c.Undetermined(root.Site, "which attributes the root logger carries is not known here; bind "+strings.Join(missing, " and ")+" with constant keys")
	default:
		c.Report(root.Site, "root logger carries no "+strings.Join(missing, " and no "), root.Text, shutdown.Site{}, "")
	}
}

// root returns what makes the root logger and what that is made of: the one that
// is installed, else the outermost one that is made, else the default one of a
// library that writes without being asked to.
func (c *checker) root() (*loggers.Event, loggers.Chain) {
	for _, kind := range []loggers.Kind{loggers.Install, loggers.Make, loggers.Level, loggers.Use} {
		root := c.program.First(func(e *loggers.Event) bool { return e.Kind == kind && c.counts(e) })
		if root == nil {
			continue
		}
		chain := c.program.Chain(root.Base)
		if kind == loggers.Install && len(chain.Makers) > 0 {
			root = outermost(chain.Makers)
		}
		return root, chain
	}
	return nil, loggers.Chain{}
}

// outermost returns the event that makes a logger of what the others make.
func outermost(makers []*loggers.Event) *loggers.Event {
	if i := slices.IndexFunc(makers, func(e *loggers.Event) bool { return e.Kind == loggers.Make }); i >= 0 {
		return makers[i]
	}
	return makers[0]
}

// carrying are the libraries whose loggers can carry attributes.
var carrying = []string{"slog", "zap", "zerolog", "logrus", "hclog", "charm", "go-kit", "promslog", "apex", "phuslu"}

// counts reports whether an event makes a logger of the service: one that can
// carry attributes, writes somewhere, and not only in development.
func (c *checker) counts(e *loggers.Event) bool {
	if !slices.Contains(carrying, e.Library) || e.Condition.Branch == loggers.Development || e.Request {
		return false
	}
	if e.Kind == loggers.Level && e.Library != "logrus" || e.Kind == loggers.Make && e.Base == nil && needsLogger(e) {
		return false
	}
	return len(e.Writer) == 0 || slices.ContainsFunc(e.Writer, func(s loggers.Source) bool { return s.Origin != loggers.Nowhere })
}

// needsLogger reports whether what an event makes is no logger yet.
func needsLogger(e *loggers.Event) bool {
	return strings.HasSuffix(e.Text, "Handler") || e.Text == "zapcore.NewCore" || e.Library == "apex"
}

// aliases are the keys that mean the same as a required attribute.
var aliases = map[string][]string{
	"service": {"service", "app", "application", "servicename", "appname", "svc"},
	"version": {"version", "build", "revision", "gitsha", "sha", "commit", "gitcommit", "release", "serviceversion", "appversion", "buildversion"},
}

// names reports whether one of some keys names an attribute.
func names(attribute string, keys []string) bool {
	wanted := aliases[attribute]
	if wanted == nil {
		wanted = []string{plain(attribute)}
	}
	return slices.ContainsFunc(keys, func(key string) bool { return slices.Contains(wanted, plain(key)) })
}

// plain spells a key without case and separators.
func plain(key string) string {
	return strings.NewReplacer("_", "", "-", "", ".", "", " ", "").Replace(strings.ToLower(key))
}
