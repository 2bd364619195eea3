package flattenedlogerror

import (
	_ "embed"
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/loggers"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/internal/rule"
)

//go:embed example.txtar
var example string

// Rule is the demand that the analyzer checks.
var Rule = &rule.Rule{
	ID:    "go/flattened-log-error",
	Title: "Error that is logged as text",
	Description: `An error that reaches a structured logger as a value keeps its type, its causes and, where the logger knows
how, its stack, and stands under a key of its own. Turned into text before, or written into the message, it can
only be read.

The rule looks at calls of loggers that know attributes (slog, zap, zerolog, logrus, logr, hclog and others). It
reports err.Error() and fmt.Sprint(err) as the value of an attribute and errors that are written into the message,
and options that take the time away from every line: a ReplaceAttr that drops slog.TimeKey, an encoder of zap
without TimeKey.

Loggers without attributes are left to go/unstructured-log. What happens only in development is not reported.`,
	Remedy:   `pass the error itself as an attribute: slog.Error("orders failed", "error", err)`,
	Severity: rule.Note,
	Clauses:  []string{"OPS-11.6"},
	Scope:    rule.ScopePackage,
	OptIn:    true,
	Parameters: []rule.Parameter{
		{Name: "time_by_runtime", Type: rule.TypeBool, Default: false, Description: "what runs the service adds the time to every line"},
	},
	Example: judge.Example(example),
}

// Analyzer reports errors that are logged as text.
var Analyzer = newAnalyzer()

var timeByRuntime bool

func newAnalyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:       "flattenedlogerror",
		Doc:        "report errors that are logged as text\n\n" + Rule.Description,
		Requires:   []*analysis.Analyzer{reach.Analyzer},
		Run:        run,
		ResultType: judge.Type,
	}
	a.Flags.BoolVar(&timeByRuntime, "time_by_runtime", false, Rule.Parameters[0].Description)
	return a
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	if !judge.Own(pass) || !logapi.Imports(pass.Pkg) {
		return j.Result(), nil
	}
	graph := pass.ResultOf[reach.Analyzer].(*reach.Result)
	c := &checker{pass: pass, judge: j, guards: loggers.NewGuards(pass, graph)}
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				c.call(n)
			case *ast.KeyValueExpr:
				c.option(n)
			}
			return true
		})
	}
	return j.Result(), nil
}

type checker struct {
	pass   *analysis.Pass
	judge  *judge.Judge
	guards *loggers.Guards
}

// structured are the libraries whose loggers know attributes.
var structured = map[string]bool{
	"slog": true, "zap": true, "zerolog": true, "logrus": true, "logr": true, "hclog": true, "charm": true, "apex": true, "go-kit": true, "log15": true,
}

func (c *checker) call(call *ast.CallExpr) {
	logged, ok := logapi.Of(c.pass.TypesInfo, call)
	if !ok || c.judge.Skips(call.Pos()) {
		return
	}
	klogS := logged.Func.Library == "klog" && strings.HasSuffix(strings.TrimSuffix(logged.Func.Name, "Depth"), "S")
	if !structured[logged.Func.Library] && !klogS {
		return
	}
	for _, arg := range logged.Arguments(c.pass.TypesInfo) {
		whole := arg.Role == logapi.Value || arg.Role == logapi.Err
		switch {
		case whole && c.isError(arg.Expr):
			c.judge.Examine(arg.Expr)
		case whole && c.flattened(arg.Expr):
			c.report(call, arg.Expr, nil)
		case arg.Role == logapi.Message && c.mentions(arg.Expr):
			c.report(call, arg.Expr, c.fix(logged, arg.Expr))
		case arg.Role == logapi.Values && (c.isError(arg.Expr) || c.flattened(arg.Expr)):
			c.report(call, arg.Expr, nil)
		}
	}
}

func (c *checker) report(call *ast.CallExpr, at ast.Expr, fixes []analysis.SuggestedFix) {
	if c.guards.Of(call).Branch == loggers.Development {
		return
	}
	c.judge.Examine(at)
	c.judge.Report(judge.Finding{
		Range: at, Message: "error is logged as text; pass it as an attribute", Fixes: fixes,
		Detail: judge.Detail{Key: types.ExprString(at), SafeFix: fixes != nil},
	})
}

// isError reports whether an expression is an error.
func (c *checker) isError(e ast.Expr) bool {
	t := c.pass.TypesInfo.TypeOf(e)
	return t != nil && !c.pass.TypesInfo.Types[e].IsNil() && types.Implements(t, errorType)
}

var errorType = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

// flattened reports whether an expression is the text of an error: err.Error(),
// fmt.Sprint(err), fmt.Sprintf("…%v", err).
func (c *checker) flattened(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && sel.Sel.Name == "Error" && len(call.Args) == 0 {
		return c.isError(sel.X)
	}
	fn, ok := typeutil.Callee(c.pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Path() != "fmt" || !strings.HasPrefix(fn.Name(), "Sprint") {
		return false
	}
	for _, arg := range call.Args {
		if c.isError(arg) || c.flattened(arg) {
			return true
		}
	}
	return false
}

// mentions reports whether a message is put together with the text of an error.
func (c *checker) mentions(e ast.Expr) bool {
	if sum, ok := ast.Unparen(e).(*ast.BinaryExpr); ok {
		return c.mentions(sum.X) || c.mentions(sum.Y)
	}
	return c.flattened(e)
}

// fix makes an attribute of an error that ends the message of a call of slog.
func (c *checker) fix(logged *logapi.Call, message ast.Expr) []analysis.SuggestedFix {
	sum, ok := ast.Unparen(message).(*ast.BinaryExpr)
	if !ok || logged.Func.Library != "slog" || logged.Func.Roles[len(logged.Func.Roles)-1] != logapi.Pairs {
		return nil
	}
	literal, isLiteral := sum.X.(*ast.BasicLit)
	call, isCall := ast.Unparen(sum.Y).(*ast.CallExpr)
	if !isLiteral || !isCall || !strings.HasPrefix(literal.Value, `"`) {
		return nil
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Error" || !c.isError(sel.X) {
		return nil
	}
	text := strings.TrimRight(strings.TrimSuffix(literal.Value, `"`), ": ") + `", "error", ` + types.ExprString(sel.X)
	return []analysis.SuggestedFix{{
		Message:   "pass the error as an attribute",
		TextEdits: []analysis.TextEdit{{Pos: message.Pos(), End: message.End(), NewText: []byte(text)}},
	}}
}

// option judges options that take the time away from every line.
func (c *checker) option(pair *ast.KeyValueExpr) {
	key, ok := pair.Key.(*ast.Ident)
	if !ok || timeByRuntime || c.judge.Skips(pair.Pos()) {
		return
	}
	v, ok := c.pass.TypesInfo.Uses[key].(*types.Var)
	if !ok || v.Pkg() == nil {
		return
	}
	dropped := false
	switch logapi.Path(v.Pkg().Path()) + "." + v.Name() {
	case "log/slog.ReplaceAttr":
		dropped = c.dropsTime(pair.Value)
	case "go.uber.org/zap/zapcore.TimeKey":
		text, known := logapi.Constant(c.pass.TypesInfo, pair.Value)
		dropped = known && text == ""
	default:
		return
	}
	if !dropped || c.guards.Of(pair).Branch == loggers.Development {
		c.judge.Examine(pair)
		return
	}
	c.judge.Report(judge.Finding{Range: pair, Message: "lines of the log have no time", Detail: judge.Detail{Key: v.Name()}})
	c.judge.Examine(pair)
}

// dropsTime reports whether a function given as ReplaceAttr returns no attribute
// for the time.
func (c *checker) dropsTime(e ast.Expr) bool {
	lit, ok := ast.Unparen(e).(*ast.FuncLit)
	if !ok {
		return false
	}
	drops := false
	ast.Inspect(lit, func(n ast.Node) bool {
		branch, ok := n.(*ast.IfStmt)
		if !ok || !c.asksForTime(branch.Cond) {
			return true
		}
		for _, s := range branch.Body.List {
			if ret, ok := s.(*ast.ReturnStmt); ok && len(ret.Results) == 1 {
				empty, ok := ast.Unparen(ret.Results[0]).(*ast.CompositeLit)
				drops = drops || ok && len(empty.Elts) == 0
			}
		}
		return true
	})
	return drops
}

func (c *checker) asksForTime(cond ast.Expr) bool {
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok {
			text, known := logapi.Constant(c.pass.TypesInfo, e)
			found = found || known && text == "time"
		}
		return !found
	})
	return found
}
