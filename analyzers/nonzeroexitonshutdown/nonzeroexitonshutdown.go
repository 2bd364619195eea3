package nonzeroexitonshutdown

import (
	_ "embed"
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
	"github.com/opslint/opslint/internal/rule"
)

//go:embed example.txtar
var example string

// Rule is the demand that the analyzer checks.
var Rule = &rule.Rule{
	ID:    "go/nonzero-exit-on-shutdown",
	Title: "Clean shutdown that ends with a failure's exit code",
	Description: `A program that has been asked to end and has done so has not failed. An exit code
other than 0 makes the orchestrator restart it, count it as a crash or fail a
rollout, and hides the real crashes among them.

Reported is an exit other than with 0 that every clean shutdown leads to: os.Exit
or the Fatal of a logger behind Shutdown, and a Fatal for what the serving call
returns where http.ErrServerClosed, which it returns because of the shutdown, is
not told from a fault. The latter also cuts the shutdown short.

Left alone are exits for an error of Shutdown itself and those behind a
comparison with http.ErrServerClosed.`,
	Remedy:   "let main return after Shutdown, and treat errors.Is(err, http.ErrServerClosed) as success",
	Severity: rule.Warning,
	Clauses:  []string{"OPS-9.11"},
	Scope:    rule.ScopePackage,
	Example:  judge.Example(example),
}

// Analyzer reports clean shutdowns that end with a failure's exit code.
var Analyzer = &analysis.Analyzer{
	Name:       "nonzeroexitonshutdown",
	Doc:        "report clean shutdowns that end with a failure's exit code\n\n" + Rule.Description,
	Requires:   []*analysis.Analyzer{shutdown.Analyzer},
	Run:        run,
	ResultType: judge.Type,
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	program := pass.ResultOf[shutdown.Analyzer].(*shutdown.Program)
	if program == nil || program.Service() == nil || !program.Traps() {
		return j.Result(), nil
	}
	for _, s := range program.Servers() {
		if span, _, ok := program.Place(pass, s.Site); ok && len(s.Drains) > 0 {
			j.Examine(span)
		}
	}
	for _, f := range program.Failing() {
		span, related, ok := program.Place(pass, f.Site)
		if !ok {
			continue
		}
		message := fmt.Sprintf("exit code %d after a clean shutdown", f.Code)
		switch {
		case f.Serving:
			message += fmt.Sprintf(": %s gets http.ErrServerClosed from %s; except it with errors.Is", f.Text, f.Cause)
			related = append(shutdown.Related(pass, f.Place, "returns when the server is shut down"), related...)
		default:
			message += fmt.Sprintf(": %s follows %s; return instead", f.Text, f.Cause)
			related = append(shutdown.Related(pass, f.Place, "shut down here"), related...)
		}
		j.Examine(span)
		j.Report(judge.Finding{Range: span, Message: message, Related: related, Detail: judge.Detail{Key: f.Text}})
	}
	return j.Result(), nil
}
