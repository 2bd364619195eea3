package misusedloglevel

import (
	_ "embed"
	"go/ast"
	"go/constant"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
	"github.com/opslint/opslint/internal/rule"
)

//go:embed example.txtar
var example string

// Rule is the demand that the analyzer checks.
var Rule = &rule.Rule{
	ID:    "go/misused-log-level",
	Title: "Log level that does not fit what is logged",
	Description: `Alerts count errors and people filter by level. A failure at info is not seen, and a greeting at error wakes
somebody up.

The rule reports an error that is logged at debug or info just before the function fails with it: returns it,
answers with a status of 500 or more, or ends the process; a constant message about a start or a success
at error, without any error; a level of slog other than debug, info, warn and error; and a fatal level in a package
that is no program, which takes from its caller the choice what to do.

An error that is handled, by another try, a fallback or a comparison with one that is expected, may be logged at any
level.`,
	Remedy:   "log failures at error or warn, everything else at info or debug, and let only function main end the process",
	Severity: rule.Warning,
	Clauses:  []string{"OPS-11.3"},
	Scope:    rule.ScopePackage,
	OptIn:    true,
	Example:  judge.Example(example),
}

// Analyzer reports levels that do not fit.
var Analyzer = &analysis.Analyzer{
	Name:       "misusedloglevel",
	Doc:        "report log levels that do not fit what is logged\n\n" + Rule.Description,
	Requires:   []*analysis.Analyzer{reach.Analyzer},
	Run:        run,
	ResultType: judge.Type,
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	if !judge.Own(pass) || !logapi.Imports(pass.Pkg) {
		return j.Result(), nil
	}
	c := &checker{pass: pass, judge: j, graph: pass.ResultOf[reach.Analyzer].(*reach.Result)}
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && !j.Skips(call.Pos()) {
				c.call(call)
			}
			return true
		})
	}
	return j.Result(), nil
}

type checker struct {
	pass  *analysis.Pass
	judge *judge.Judge
	graph *reach.Result
}

func (c *checker) call(call *ast.CallExpr) {
	logged, ok := logapi.Of(c.pass.TypesInfo, call)
	if !ok || logged.Func.Kind != logapi.Sink || logged.Func.Library == "fmt" || logged.Func.Library == "builtin" {
		return
	}
	c.judge.Examine(call)
	level, at := c.level(logged, call)
	err := c.errorIn(logged)
	switch {
	case c.custom(call):
		c.report(call, nil, "", "custom log level; there are debug, info, warn and error")
	case (level == "debug" || level == "info") && err != nil && c.fails(call, err):
		c.report(call, at, "Error", "error is logged at "+level+" although it makes the function fail")
	case level == "error" && err == nil && c.cheerful(logged):
		c.report(call, at, "Info", "message about a success is logged at error")
	case level == "fatal" && c.library(call):
		c.report(call, nil, "", "library code ends the process; return the error")
	}
}

func (c *checker) report(call *ast.CallExpr, method *ast.Ident, instead, message string) {
	f := judge.Finding{Range: call, Message: message, Detail: judge.Detail{Key: types.ExprString(call.Fun)}}
	if method != nil {
		name := method.Name
		for _, prefix := range []string{"Debug", "Info", "Error", "Trace"} {
			if rest, ok := strings.CutPrefix(name, prefix); ok {
				f.Fixes = []analysis.SuggestedFix{{
					Message:   "log it at " + strings.ToLower(instead),
					TextEdits: []analysis.TextEdit{{Pos: method.Pos(), End: method.End(), NewText: []byte(instead + rest)}},
				}}
				break
			}
		}
	}
	c.judge.Report(f)
}

// level returns the level of a call and the method that says it: its own, or of
// the event that it ends.
func (c *checker) level(logged *logapi.Call, call *ast.CallExpr) (string, *ast.Ident) {
	for e := call; e != nil; {
		sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr)
		if !ok {
			return "", nil
		}
		if f, ok := logapi.Of(c.pass.TypesInfo, e); ok && f.Func.Level != "" {
			return f.Func.Level, sel.Sel
		}
		e, _ = ast.Unparen(sel.X).(*ast.CallExpr)
	}
	return logged.Func.Level, nil
}

var errorType = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

// errorIn returns the variable of an error that a call logs, in whatever form.
func (c *checker) errorIn(logged *logapi.Call) *types.Var {
	var found *types.Var
	ast.Inspect(logged.Expr, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || found != nil {
			return found == nil
		}
		v, ok := c.pass.TypesInfo.Uses[id].(*types.Var)
		if ok && types.Implements(v.Type(), errorType) {
			found = v
		}
		return true
	})
	return found
}

// fails reports whether what follows a call in its block fails with an error,
// and the block is not about an error that is expected.
func (c *checker) fails(call *ast.CallExpr, err *types.Var) bool {
	stmt, ok := c.graph.Parent(call).(*ast.ExprStmt)
	if !ok {
		return false
	}
	block, ok := c.graph.Parent(stmt).(*ast.BlockStmt)
	if !ok {
		return false
	}
	if branch, ok := c.graph.Parent(block).(*ast.IfStmt); !ok || c.expected(branch.Cond) {
		return false
	}
	for _, s := range block.List[slices.Index(block.List, ast.Stmt(stmt))+1:] {
		switch s := s.(type) {
		case *ast.ReturnStmt:
			return slices.ContainsFunc(s.Results, func(e ast.Expr) bool {
				return types.Implements(c.pass.TypesInfo.TypeOf(e), errorType) && c.uses(e, err)
			})
		case *ast.ExprStmt:
			if answer, ok := s.X.(*ast.CallExpr); ok && c.answersFailure(answer) {
				return true
			}
		}
	}
	return false
}

// expected reports whether a condition compares an error with one that is
// expected, or asks for more than whether there is one.
func (c *checker) expected(cond ast.Expr) bool {
	e, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return true
	}
	return !c.pass.TypesInfo.Types[e.Y].IsNil() && !c.pass.TypesInfo.Types[e.X].IsNil()
}

func (c *checker) uses(e ast.Expr, v *types.Var) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && c.pass.TypesInfo.Uses[id] == v
		return !found
	})
	return found
}

// answersFailure reports whether a call answers a request with a status of 500
// or more, or ends the process as failed.
func (c *checker) answersFailure(call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(c.pass.TypesInfo, call).(*types.Func)
	if !ok {
		return false
	}
	if fn.FullName() == "os.Exit" {
		n, known := c.number(call.Args[0])
		return known && n != 0
	}
	switch fn.Name() {
	case "Error", "WriteHeader", "JSON", "String", "AbortWithStatus", "AbortWithStatusJSON", "Status":
		return slices.ContainsFunc(call.Args, func(arg ast.Expr) bool {
			n, known := c.number(arg)
			return known && 500 <= n && n < 600
		})
	}
	return false
}

func (c *checker) number(e ast.Expr) (int64, bool) {
	v := c.pass.TypesInfo.Types[e].Value
	if v == nil || v.Kind() != constant.Int {
		return 0, false
	}
	return constant.Int64Val(v)
}

var (
	successes = []string{"started", "listening", "ready", "connected", "succeeded"}
	failures  = []string{
		"not", "no", "never", "cannot", "fail", "failed", "failing", "failure", "error", "errors", "unable", "could", "couldn", "can", "unexpected", "invalid", "already",
		"before", "without", "until", "timeout", "lost", "stopped", "closed", "isn", "wasn", "missing", "panic", "unless", "but", "wrong", "bad",
	}
)

// cheerful reports whether a constant message speaks of a start or a success.
func (c *checker) cheerful(logged *logapi.Call) bool {
	arguments := logged.Arguments(c.pass.TypesInfo)
	if len(arguments) == 0 || logged.Func.Library == "log" {
		return false
	}
	text, ok := logapi.Constant(c.pass.TypesInfo, arguments[0].Expr)
	if !ok {
		return false
	}
	words := sensitive.Words(text)
	has := func(list []string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return slices.Contains(list, word) })
	}
	return has(successes) && !has(failures)
}

// custom reports whether a call of slog names a level that is none of the four.
func (c *checker) custom(call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(c.pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Path() != "log/slog" || fn.Name() != "Log" && fn.Name() != "LogAttrs" || len(call.Args) < 2 {
		return false
	}
	n, known := c.number(call.Args[1])
	return known && n != -4 && n != 0 && n != 4 && n != 8
}

// helpsTests reports whether a name has the word test.
func helpsTests(name string) bool { return slices.Contains(sensitive.Words(name), "test") }

// library reports whether a call lies in a package that is no program and no
// part of a command line, in a function whose name does not announce that it
// ends the process.
func (c *checker) library(call *ast.CallExpr) bool {
	if c.pass.Pkg.Name() == "main" || slices.ContainsFunc(strings.Split(c.pass.Pkg.Path(), "/"), func(part string) bool {
		return part == "cmd" || part == "cli" || part == "command" || part == "commands"
	}) {
		return false
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || !strings.HasPrefix(sel.Sel.Name, "Fatal") {
		return false
	}
	file := c.pass.Fset.File(call.Pos()).Name()
	for n := ast.Node(call); n != nil; n = c.graph.Parent(n) {
		if f, ok := n.(*ast.FuncDecl); ok {
			name := f.Name.Name
			if helpsTests(name) || helpsTests(filepath.Base(file)) {
				return false
			}
			return !strings.HasPrefix(name, "Must") && !strings.HasPrefix(name, "must") && !strings.Contains(name, "Fatal") && name != "init" && name != "Run" && name != "Main" && name != "Execute"
		}
	}
	return false
}
