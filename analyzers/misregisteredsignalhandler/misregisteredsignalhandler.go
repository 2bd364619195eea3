package misregisteredsignalhandler

import (
	_ "embed"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/ir"
	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/internal/rule"
)

//go:embed example.txtar
var example string

// Rule is the demand that the analyzer checks.
var Rule = &rule.Rule{
	ID:    "go/misregistered-signal-handler",
	Title: "Signal handler that cannot work",
	Description: `A signal is sent to a channel without waiting: it is lost unless somebody receives
at that moment or the channel has room for it. SIGKILL and SIGSTOP never reach a
process at all.

The rule looks at each call of signal.Notify and signal.NotifyContext, of
run.SignalHandler and of worker.InterruptCh, and of functions of the module that
register a channel they are given. Reported are a channel without a buffer,
wherever it is made; SIGKILL or SIGSTOP among the signals, in a list that is kept
in a variable too; a channel or context that nobody looks at; and a nil channel.

A channel whose capacity is not known is left alone, and so is one that is made
in the call itself: that swallows a signal on purpose.`,
	Remedy:   "make the channel with room for one signal, make(chan os.Signal, 1), list only signals that can be trapped, and receive from it",
	Severity: rule.Warning,
	Clauses:  []string{"OPS-9.3"},
	Scope:    rule.ScopePackage,
	Example:  judge.Example(example),
}

// Analyzer reports signal handlers that cannot work.
var Analyzer = &analysis.Analyzer{
	Name:       "misregisteredsignalhandler",
	Doc:        "report signal handlers that cannot work\n\n" + Rule.Description,
	Requires:   []*analysis.Analyzer{ir.Analyzer},
	Run:        run,
	ResultType: judge.Type,
	FactTypes:  []analysis.Fact{new(Registers), new(Made), new(Lists)},
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	if !judge.Own(pass) || !handlesSignals(pass) {
		return j.Result(), nil
	}
	c := &checker{pass: pass, judge: j, calls: make(map[token.Pos]*ast.CallExpr)}
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				c.calls[call.Lparen] = call
			}
			return true
		})
	}
	c.functions = pass.ResultOf[ir.Analyzer].(*ir.Package).Functions()
	c.stores = storesOf(c.functions, pass.ResultOf[ir.Analyzer].(*ir.Package).SSA())
	c.export()
	for _, fn := range c.functions {
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				if call, ok := instr.(ssa.CallInstruction); ok {
					c.call(call)
				}
			}
		}
	}
	return j.Result(), nil
}

// handlesSignals reports whether a package can have to do with the rule: it
// imports what registers handlers, or it has channels or lists of signals.
func handlesSignals(pass *analysis.Pass) bool {
	for _, imported := range pass.Pkg.Imports() {
		if _, ok := registrars[unversioned(imported.Path())]; ok {
			return true
		}
	}
	for _, tv := range pass.TypesInfo.Types {
		switch t := types.Unalias(tv.Type).(type) {
		case *types.Chan:
			if isSignal(t.Elem()) {
				return true
			}
		case *types.Slice:
			if isSignal(t.Elem()) {
				return true
			}
		}
	}
	return false
}

// isSignal reports whether a type is os.Signal.
func isSignal(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == "Signal" && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "os"
}
