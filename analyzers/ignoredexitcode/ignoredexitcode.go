package ignoredexitcode

import (
	_ "embed"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/exits"
	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
	"github.com/opslint/opslint/internal/rule"
)

//go:embed example.txtar
var example string

// Rule is the demand that the analyzer checks.
var Rule = &rule.Rule{
	ID:    "go/ignored-exit-code",
	Title: "Failure that ends with exit code 0",
	Description: `Who starts a job, be it a person, a script or a scheduler, learns from the exit
code whether it did its work. A job that writes its error to the log and returns
from main counts as done: it is not repeated, and nobody is told.

The rule looks at function main of programs that are no services, at the Run and
Action functions of cobra and urfave/cli commands that do not serve, and at the
functions of the module with whose end these end. Reported are a branch for an
error that logs it and then ends well (return, return nil, return 0, os.Exit(0),
or nothing more follows) and a call whose error is dropped though it is the work
of the program, such as rootCmd.Execute().

A branch that does anything else is left alone, such as setting a variable that
an exit code may come of. So are warnings, cleanups, errors that mean success,
what reads from a person, and a program that exits in a deferred function.`,
	Remedy:   "return the error up to main and end there with os.Exit(1) or log.Fatal",
	Severity: rule.Error,
	Clauses:  []string{"OPS-12.4"},
	Scope:    rule.ScopePackage,
	Example:  judge.Example(example),
}

// Analyzer reports failures that end with exit code 0.
var Analyzer = &analysis.Analyzer{
	Name:       "ignoredexitcode",
	Doc:        "report failures that end with exit code 0\n\n" + Rule.Description,
	Requires:   []*analysis.Analyzer{exits.Analyzer, reach.Analyzer, shutdown.Analyzer},
	Run:        run,
	ResultType: judge.Type,
	FactTypes:  []analysis.Fact{new(Endings)},
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	if !judge.Own(pass) {
		return j.Result(), nil
	}
	g := &gatherer{
		pass:     pass,
		judge:    j,
		exits:    pass.ResultOf[exits.Analyzer].(*exits.Result),
		parents:  pass.ResultOf[reach.Analyzer].(*reach.Result).Parents(),
		decls:    make(map[*types.Func]*ast.FuncDecl),
		fixes:    make(map[shutdown.Site]analysis.SuggestedFix),
		commands: make(map[string]bool),
	}
	g.gather()
	program := pass.ResultOf[shutdown.Analyzer].(*shutdown.Program)
	main := pass.ResultOf[reach.Analyzer].(*reach.Result).Main
	if main == nil {
		pass.ExportPackageFact(&g.endings)
		return j.Result(), nil
	}
	if program != nil {
		newProgram(g, program).judge(reach.ID(main.Fn))
	}
	return j.Result(), nil
}
