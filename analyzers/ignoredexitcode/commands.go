package ignoredexitcode

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// runFields are, by library, the fields of a command that hold what it does.
var runFields = map[string][]string{
	"github.com/spf13/cobra":           {"Run", "RunE"},
	"github.com/urfave/cli":            {"Action"},
	"github.com/codegangsta/cli":       {"Action"},
	"gopkg.in/urfave/cli":              {"Action"},
	"github.com/peterbourgon/ff/ffcli": {"Exec"},
}

// runners are, by library, what runs the commands of a program and returns
// their error.
var runners = map[string][]string{
	"github.com/spf13/cobra":             {"Execute", "ExecuteC", "ExecuteContext", "ExecuteContextC"},
	"github.com/urfave/cli":              {"Run", "RunContext"},
	"github.com/codegangsta/cli":         {"Run"},
	"gopkg.in/urfave/cli":                {"Run", "RunContext"},
	"github.com/charmbracelet/fang":      {"Execute"},
	"github.com/alecthomas/kong":         {"Run"},
	"github.com/peterbourgon/ff/ffcli":   {"Run", "ParseAndRun"},
	"github.com/golang-migrate/migrate":  {"Up", "Down", "Migrate", "Steps", "Force", "Drop"},
	"github.com/pressly/goose":           {"Up", "Down", "UpTo", "DownTo", "Run", "RunContext", "UpContext", "DownContext"},
	"github.com/charmbracelet/bubbletea": {"Run", "Start"},
}

// runsWork reports whether a function of a library runs what the program is
// for, or its commands.
func runsWork(fn *types.Func) bool {
	return fn.Pkg() != nil && slices.Contains(runners[logapi.Path(fn.Pkg().Path())], fn.Name())
}

// command notes a function that a command runs: the value of a field in a
// literal, or what is assigned to one.
func (g *gatherer) command(n ast.Node) {
	switch n := n.(type) {
	case *ast.CompositeLit:
		for _, elt := range n.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				if key, ok := kv.Key.(*ast.Ident); ok && g.isRunField(n, key.Name) {
					g.runs(kv.Value)
				}
			}
		}
	case *ast.AssignStmt:
		for i, lhs := range n.Lhs {
			if sel, ok := lhs.(*ast.SelectorExpr); ok && len(n.Lhs) == len(n.Rhs) && g.isRunField(sel.X, sel.Sel.Name) {
				g.runs(n.Rhs[i])
			}
		}
	}
}

func (g *gatherer) isRunField(e ast.Expr, name string) bool {
	t := g.pass.TypesInfo.TypeOf(e)
	if t == nil {
		return false
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && (named.Obj().Name() == "Command" || named.Obj().Name() == "App") &&
		slices.Contains(runFields[logapi.Path(named.Obj().Pkg().Path())], name)
}

// runs notes the function that an expression is.
func (g *gatherer) runs(e ast.Expr) {
	switch e := ast.Unparen(e).(type) {
	case *ast.FuncLit:
		g.commands[shutdown.SiteOf(g.pass, e).String()] = true
	case *ast.Ident:
		g.runsFunction(g.pass.TypesInfo.Uses[e])
	case *ast.SelectorExpr:
		g.runsFunction(g.pass.TypesInfo.Uses[e.Sel])
	}
}

func (g *gatherer) runsFunction(obj types.Object) {
	if fn, ok := obj.(*types.Func); ok && fn.Pkg() != nil {
		g.commands[reach.ID(fn)] = true
	}
}

// text writes the name of what is called.
func text(e ast.Expr) string { return judge.Spell(e, "the work") }
