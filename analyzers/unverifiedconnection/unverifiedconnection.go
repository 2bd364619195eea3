package unverifiedconnection

import (
	_ "embed"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/database"
	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
	"github.com/opslint/opslint/internal/rule"
)

//go:embed example.txtar
var example string

// Rule is the demand that the analyzer checks.
var Rule = &rule.Rule{
	ID:    "go/unverified-connection",
	Title: "Database that is never pinged",
	Description: `sql.Open, sqlx.Open and pgxpool.New do not connect. Unless something pings the
database, a wrong address, a wrong password or a database that is down shows only when the first request
fails, although the service reported that it was ready.

The rule follows the opened value through variables, fields, parameters and results. It asks for a ping at
the start or in a handler for probes; what connects by itself, such as sqlx.Connect, gorm.Open or a migration,
is as good. Tools and databases inside the process (SQLite) need none.

Nothing is reported if the value goes where it cannot be followed.`,
	Remedy:   "call PingContext with a timeout before the service listens, or in the handler that answers the readiness probe",
	Severity: rule.Note,
	Clauses:  []string{"OPS-9.6"},
	Scope:    rule.ScopePackage,
	Example:  judge.Example(example),
}

// Analyzer reports databases that a service opens and never pings.
var Analyzer = &analysis.Analyzer{
	Name:       "unverifiedconnection",
	Doc:        "report databases that a service never pings\n\n" + Rule.Description,
	Requires:   []*analysis.Analyzer{database.Analyzer, reach.Analyzer, shutdown.Analyzer},
	Run:        run,
	ResultType: judge.Type,
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	program := pass.ResultOf[shutdown.Analyzer].(*shutdown.Program)
	if program == nil || !program.Serves() {
		return j.Result(), nil
	}
	databases := pass.ResultOf[database.Analyzer].(*database.Databases)
	if databases == nil {
		return j.Result(), nil
	}
	r := &report{pass: pass, judge: j, kind: databases.Kind, serving: pass.ResultOf[reach.Analyzer].(*reach.Result).Serving(program)}
	for i := range databases.Classes {
		r.class(&databases.Classes[i])
	}
	return j.Result(), nil
}

type report struct {
	pass    *analysis.Pass
	judge   *judge.Judge
	kind    database.Kind // of the drivers of the program
	serving map[string]bool
}

// class judges what opens one database.
func (r *report) class(c *database.Class) {
	doubt := r.doubt(c)
	for _, e := range c.Events {
		if e.Act != database.Opened || !r.serving[e.Func] || r.inside(e) {
			continue
		}
		span, ok := shutdown.Span(r.pass, e.Site)
		switch {
		case !ok:
		case r.checked(c):
			r.judge.Examine(span)
		case doubt != "":
			r.judge.Undetermined(span, doubt)
		case !e.Kind.Remote && r.kind.Embedded:
			r.judge.Undetermined(span, "the driver is chosen when the program runs; call PingContext on the database before the program serves")
		default:
			r.judge.Examine(span)
			r.judge.Report(judge.Finding{
				Range:   span,
				Message: e.Text + " does not connect, and nothing pings the database before the program serves",
				Detail:  judge.Detail{Key: e.Text},
			})
		}
	}
}

// inside reports whether an opened database is known to live inside the process.
func (r *report) inside(e database.Event) bool {
	return e.Kind.Embedded || !e.Kind.Remote && r.kind.Embedded && !r.kind.Remote
}

func (r *report) checked(c *database.Class) bool {
	return slices.ContainsFunc(c.Events, func(e database.Event) bool { return e.Act == database.Checked && r.serving[e.Func] })
}

// doubt says why it is not certain that nothing asks a database whether it is
// there before the program serves; empty if it is.
func (r *report) doubt(c *database.Class) string {
	opened := make(map[string]bool)
	for _, e := range c.Events {
		if e.Act == database.Opened {
			opened[e.Func] = true
		}
	}
	for _, e := range c.Events {
		switch {
		case e.Act == database.Lost:
			return "the database is handed to " + e.Text + ", which may ping it; call PingContext where it is opened"
		case e.Act == database.Queried && r.serving[e.Func] && (opened[e.Func] || prepares(e.Func)):
			return name(e.Func) + " uses the database and may do so before the program serves; call PingContext where it is opened"
		}
	}
	return ""
}

// prepares reports whether a function, by its name, runs before others do.
func prepares(id string) bool {
	lower := strings.ToLower(name(id))
	return slices.ContainsFunc([]string{"new", "init", "open", "connect", "setup", "migrate", "main", "run", "start", "load", "ensure", "create", "prepare", "must", "seed", "check", "wait"},
		func(prefix string) bool { return strings.HasPrefix(lower, prefix) })
}

// name is the last part of a function's ID.
func name(id string) string { return id[strings.LastIndexByte(id, '.')+1:] }
