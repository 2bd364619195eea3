package unverifiedmigration

import (
	_ "embed"
	"slices"

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
	ID:    "go/unverified-migration",
	Title: "Migration without a record of its outcome",
	Description: `A one-off migration is looked at when something is wrong, days later. Its log then has
to tell which version the schema has, or that it failed and why.

The rule looks at programs and commands that migrate with a library: golang-migrate, goose, gorm's AutoMigrate,
ent, bun, atlas, tern and others. Expected are a look at the version, the status or what was applied, or a line
of the log about the migration; and a line at level error where it fails, or an error that is returned. Libraries
that log each step by themselves need none.`,
	Remedy:   "log the version that the schema has after the migration, and the error if it fails",
	Severity: rule.Note,
	Clauses:  []string{"OPS-12.5"},
	Scope:    rule.ScopePackage,
	OptIn:    true,
	Example:  judge.Example(example),
}

// Analyzer reports migrations that leave no record.
var Analyzer = &analysis.Analyzer{
	Name:       "unverifiedmigration",
	Doc:        "report migrations that leave no record\n\n" + Rule.Description,
	Requires:   []*analysis.Analyzer{reach.Analyzer, shutdown.Analyzer},
	Run:        run,
	ResultType: judge.Type,
	FactTypes:  []analysis.Fact{new(Fact)},
}

// A Fact is what the functions of a package do about migrations.
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
	running := graph.Running()
	events := own.In(running)
	for _, f := range pass.AllPackageFacts() {
		if fact, ok := f.Fact.(*Fact); ok && f.Package != pass.Pkg {
			events = append(events, fact.Deeds.In(running)...)
		}
	}
	slices.SortFunc(events, Event.compare)
	decide(pass, j, events, atStart(pass))
	return j.Result(), nil
}

// atStart returns the calls that a service makes on the way to serving.
func atStart(pass *analysis.Pass) map[shutdown.Site]bool {
	calls := make(map[shutdown.Site]bool)
	program := pass.ResultOf[shutdown.Analyzer].(*shutdown.Program)
	if program == nil || !program.Serves() {
		return calls
	}
	for _, note := range program.Notes() {
		if note.Before {
			calls[note.Site] = true
		}
	}
	return calls
}

// decide judges the first migrating call of each function.
func decide(pass *analysis.Pass, j *judge.Judge, events []Event, atStart map[shutdown.Site]bool) {
	recorded := slices.ContainsFunc(events, func(e Event) bool { return e.Kind == recorded })
	done := make(map[string]bool)
	for _, e := range events {
		if e.Kind != migrates || atStart[e.Site] || done[e.Func] {
			continue
		}
		done[e.Func] = true
		span, ok := shutdown.Span(pass, e.Site)
		if !ok {
			continue
		}
		j.Examine(span)
		message := ""
		switch {
		case e.Unheard:
			message = "nothing is logged if the migration fails"
		case !recorded && !e.Tells:
			message = "migration ends without a record of what was applied"
		default:
			continue
		}
		j.Report(judge.Finding{Range: span, Message: message, Detail: judge.Detail{Key: e.Func + " " + e.Text}})
	}
}
