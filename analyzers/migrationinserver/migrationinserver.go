package migrationinserver

import (
	_ "embed"
	"slices"

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
	ID:    "go/migration-in-server",
	Title: "Schema migration at the start of a service",
	Description: `A migration that a service runs when it starts runs in every replica, at the same
time as in the others, with the rights of the service and within the time that probes allow. When it fails or
takes long, the deployment stops half-way, and no one-off process shows what happened.

The rule looks at what lies on the way to serving: golang-migrate, goose, gorm's AutoMigrate, ent, bun, atlas,
tern and others, and statements that begin with ALTER, CREATE TABLE, CREATE INDEX, DROP or TRUNCATE. A command,
an argument or a flag that makes the program migrate and end is left out, and so are databases inside the
process (SQLite) and statements about data.`,
	Remedy:   "run the migration as a one-off process: a command of the same program, started as a job before the deployment",
	Severity: rule.Error,
	Clauses:  []string{"OPS-12.1"},
	Scope:    rule.ScopePackage,
	Example:  judge.Example(example),
}

// Analyzer reports services that migrate their database when they start.
var Analyzer = &analysis.Analyzer{
	Name:       "migrationinserver",
	Doc:        "report services that migrate their database at the start\n\n" + Rule.Description,
	Requires:   []*analysis.Analyzer{database.Analyzer, reach.Analyzer, shutdown.Analyzer},
	Run:        run,
	ResultType: judge.Type,
	FactTypes:  []analysis.Fact{new(Fact)},
}

// A Fact is how the functions of a package change schemas.
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
	program := pass.ResultOf[shutdown.Analyzer].(*shutdown.Program)
	if program == nil || !program.Serves() {
		return j.Result(), nil
	}
	serving := graph.Serving(program)
	events := own.In(serving)
	for _, f := range pass.AllPackageFacts() {
		if fact, ok := f.Fact.(*Fact); ok && f.Package != pass.Pkg {
			events = append(events, fact.Deeds.In(serving)...)
		}
	}
	slices.SortFunc(events, Event.compare)
	r := &report{pass: pass, judge: j, events: events, kind: kindOf(pass.ResultOf[database.Analyzer].(*database.Databases))}
	r.guards(graph)
	for _, note := range program.Notes() {
		if note.Before {
			r.before = append(r.before, note.Site)
		}
	}
	r.decide()
	return j.Result(), nil
}

// kindOf says where the databases of a program live: by the drivers that it
// imports and those that it opens.
func kindOf(databases *database.Databases) (kind database.Kind) {
	if databases == nil {
		return kind
	}
	kind = databases.Kind
	for _, c := range databases.Classes {
		for _, e := range c.Events {
			kind = kind.Or(e.Kind)
		}
	}
	return kind
}

type report struct {
	pass   *analysis.Pass
	judge  *judge.Judge
	events []Event
	kind   database.Kind
	before []shutdown.Site   // calls on the way to serving
	guard  map[string]string // by the ID of a function: the setting that it is called on
}

// guards finds the functions that are called only on a setting, as far as that
// can be told.
func (r *report) guards(graph *reach.Result) {
	r.guard = make(map[string]string)
	for _, e := range r.events {
		if e.Kind != guarded {
			continue
		}
		for id := range graph.From(e.Text) {
			if r.guard[id] == "" {
				r.guard[id] = e.Guard
			}
		}
	}
}

// decide reports the first change of a schema in each function.
func (r *report) decide() {
	done := make(map[string]bool)
	for _, e := range r.events {
		if e.Kind == guarded || !slices.Contains(r.before, e.Site) || e.Local || r.kind.Embedded && !r.kind.Remote && !e.Remote {
			continue
		}
		span, ok := shutdown.Span(r.pass, e.Site)
		if !ok || done[e.Func] {
			continue
		}
		done[e.Func] = true
		guard := e.Guard
		if guard == "" {
			guard = r.guard[e.Func]
		}
		switch {
		case guard != "":
			r.judge.Undetermined(span, "whether replicas migrate when they start depends on "+guard+"; migrate in a command of its own")
		case !r.kind.Remote && !e.Remote:
			r.judge.Undetermined(span, "whether the database lives inside the process is not known; migrate in a command of its own")
		default:
			r.judge.Examine(span)
			r.judge.Report(judge.Finding{
				Range:   span,
				Message: "schema migration runs at the start of every replica",
				Detail:  judge.Detail{Key: e.Func + " " + e.Text},
			})
		}
	}
}
