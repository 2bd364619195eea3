package ignoredexitcode

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/opslint/opslint/analyzers/internal/exits"
	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

// source returns the call that an error tested by an if statement comes from,
// nil if it comes from something else.
func (f *function) source(s *ast.IfStmt, failed types.Object) *ast.CallExpr {
	if assign, ok := s.Init.(*ast.AssignStmt); ok && f.assigns(assign, failed) {
		return f.sourceIn(assign)
	}
	var last *ast.AssignStmt
	ast.Inspect(f.body, func(n ast.Node) bool {
		if assign, ok := n.(*ast.AssignStmt); ok && assign.Pos() < s.Pos() && f.assigns(assign, failed) {
			last = assign
		}
		return n == nil || n.Pos() < s.Pos()
	})
	if last == nil {
		return nil
	}
	return f.sourceIn(last)
}

// sourceIn returns the call on the right side of an assignment.
func (f *function) sourceIn(stmt ast.Stmt) *ast.CallExpr {
	assign, ok := stmt.(*ast.AssignStmt)
	if !ok || len(assign.Rhs) != 1 {
		return nil
	}
	call, _ := ast.Unparen(assign.Rhs[0]).(*ast.CallExpr)
	return call
}

func (f *function) assigns(assign *ast.AssignStmt, obj types.Object) bool {
	return slices.ContainsFunc(assign.Lhs, func(e ast.Expr) bool {
		id, ok := e.(*ast.Ident)
		return ok && (f.pass.TypesInfo.Defs[id] == obj || f.pass.TypesInfo.Uses[id] == obj)
	})
}

// exempt reports whether the failure of a call need not be one of the program.
func (f *function) exempt(call *ast.CallExpr) bool {
	fn := exits.Callee(f.pass.TypesInfo, call)
	if fn == nil {
		return exits.IsCleanup(exits.CalleeName(call))
	}
	return f.minor(call, fn) || printing(fn) || asksPerson(fn) || parsesFlags(fn) || fn.Name() == "Err" && isContext(f.pass.TypesInfo, call)
}

// minor reports whether a call is not what a program is for: it cleans up, or
// does something that its author can do without.
func (f *function) minor(call *ast.CallExpr, fn *types.Func) bool {
	words := sensitive.Words(text(call.Fun))
	return exits.IsCleanup(fn.Name()) || slices.ContainsFunc(words, func(word string) bool { return slices.Contains(besides, word) })
}

// besides are words in the names of what is done beside the work of a program.
var besides = []string{
	"analytics", "browser", "cache", "completion", "dotenv", "godotenv", "history", "metrics", "notification", "notify",
	"profile", "profiler", "profiling", "pusher", "sentry", "telemetry", "tracing", "usage", "help", "version",
}

// asksPerson reports whether a function reads what somebody types, or the next
// of something that ends by an error.
func asksPerson(fn *types.Func) bool {
	path := ""
	if fn.Pkg() != nil {
		path = strings.ToLower(fn.Pkg().Path())
	}
	if slices.ContainsFunc([]string{"promptui", "survey", "huh", "readline", "liner", "prompt"}, func(name string) bool { return strings.Contains(path, name) }) {
		return true
	}
	name := fn.Name()
	switch {
	case strings.Contains(strings.ToLower(name), "scan") && path == "fmt", strings.HasPrefix(name, "Prompt"), strings.HasPrefix(name, "Ask"), strings.HasPrefix(name, "Confirm"):
		return true
	}
	return slices.Contains([]string{"Read", "ReadString", "ReadLine", "ReadBytes", "ReadRune", "ReadPassword", "Recv", "Next", "Accept"}, name)
}

// parsesFlags reports whether a function parses the command line: its error may
// be no more than a request for help.
func parsesFlags(fn *types.Func) bool {
	if fn.Pkg() == nil || !strings.HasPrefix(fn.Name(), "Parse") {
		return false
	}
	path := logapi.Path(fn.Pkg().Path())
	return path == "flag" || strings.HasSuffix(path, "pflag") || strings.Contains(path, "go-flags") || strings.Contains(path, "kingpin") ||
		strings.Contains(path, "go-arg") || strings.Contains(path, "kong") || strings.Contains(path, "getopt") || strings.Contains(path, "docopt")
}

func isContext(info *types.Info, call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	named, ok := types.Unalias(info.TypeOf(sel.X)).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "context"
}

// usage reports whether a call shows how the program is used.
func (f *function) usage(call *ast.CallExpr) bool {
	return slices.ContainsFunc(sensitive.Words(exits.CalleeName(call)), func(word string) bool { return word == "usage" || word == "help" })
}

// writes reports whether a name is that of a function that shows something,
// which is not what a program is for.
func writes(name string) bool {
	words := sensitive.Words(name)
	return len(words) > 0 && slices.Contains([]string{"display", "log", "open", "output", "print", "println", "printf", "render", "report", "set", "show", "warn", "write"}, words[0])
}

// printing reports whether a function of a library writes to a terminal.
func printing(fn *types.Func) bool {
	path := logapi.Path(fn.Pkg().Path())
	switch path {
	case "fmt":
		return strings.HasPrefix(fn.Name(), "Fprint") || strings.HasPrefix(fn.Name(), "Print")
	case "github.com/spf13/cobra":
		return strings.HasPrefix(fn.Name(), "Print")
	case "github.com/fatih/color", "github.com/pterm/pterm", "github.com/gookit/color", "github.com/charmbracelet/lipgloss":
		return fn.Signature().Results().Len() == 0 || strings.HasPrefix(fn.Name(), "Print") || strings.HasPrefix(fn.Name(), "Fprint")
	}
	return false
}

// tells reports whether a call gives an error to a function of this package
// that does no more than print it.
func (f *function) tells(call *ast.CallExpr, failed types.Object) bool {
	d := f.decls[exits.Callee(f.pass.TypesInfo, call)]
	if d == nil || len(d.Body.List) == 0 || len(d.Body.List) > 4 {
		return false
	}
	given := slices.ContainsFunc(call.Args, func(arg ast.Expr) bool {
		id, ok := ast.Unparen(arg).(*ast.Ident)
		return ok && f.pass.TypesInfo.Uses[id] == failed
	})
	return given && !slices.ContainsFunc(d.Body.List, func(stmt ast.Stmt) bool {
		s, ok := stmt.(*ast.ExprStmt)
		if !ok {
			return true
		}
		call, ok := ast.Unparen(s.X).(*ast.CallExpr)
		return !ok || !f.prints(call)
	})
}
