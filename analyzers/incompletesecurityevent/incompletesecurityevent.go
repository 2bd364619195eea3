package incompletesecurityevent

import (
	_ "embed"
	"go/ast"
	"go/types"
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
	ID:    "go/incomplete-security-event",
	Title: "Security event without what an investigation needs",
	Description: `Whoever looks into an attack asks of each event what it was, how grave, where it came from and what happened.
An event that does not say so, or that is logged at info among thousands of others, is found too late.

The rule looks at log calls whose constant message, or whose event attribute, speaks of a failed login, denied
access, an intrusion, a rejected token or the like, and at the calls of a helper that the parameter logger names.
It reports a level below warn, and keys that are missing: type (or event), severity (or level), source (or ip,
remote_addr, actor) and details (or reason, message), given with the call or bound to the logger before.

Attributes from a value whose keys are not known are undetermined.`,
	Remedy:   `log it at warn with type, severity, source and details, best by one helper for all security events`,
	Severity: rule.Warning,
	Clauses:  []string{"OPS-SIR.1"},
	Scope:    rule.ScopePackage,
	OptIn:    true,
	Parameters: []rule.Parameter{
		{Name: "logger", Type: rule.TypeString, Default: "", Description: "the function that logs security events, such as example.com/shop/security.Log"},
		{Name: "keys", Type: rule.TypeStrings, Default: []any{"type", "severity", "source", "details"}, Description: "the keys that a security event has"},
	},
	Example: judge.Example(example),
}

// Analyzer reports security events that lack something.
var Analyzer = newAnalyzer()

var (
	helper   string
	required = judge.Strings{"type", "severity", "source", "details"}
)

func newAnalyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:       "incompletesecurityevent",
		Doc:        "report security events that lack something\n\n" + Rule.Description,
		Requires:   []*analysis.Analyzer{reach.Analyzer},
		Run:        run,
		ResultType: judge.Type,
	}
	a.Flags.StringVar(&helper, "logger", "", Rule.Parameters[0].Description)
	a.Flags.Var(&required, "keys", Rule.Parameters[1].Description)
	return a
}

func run(pass *analysis.Pass) (any, error) {
	j := judge.New(pass, Rule)
	if !judge.Own(pass) {
		return j.Result(), nil
	}
	c := &checker{pass: pass, judge: j, graph: pass.ResultOf[reach.Analyzer].(*reach.Result), values: make(map[*types.Var][]ast.Expr)}
	for _, file := range pass.Files {
		ast.Inspect(file, c.assignments)
	}
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
	pass   *analysis.Pass
	judge  *judge.Judge
	graph  *reach.Result
	values map[*types.Var][]ast.Expr // what variables are set to
}

func (c *checker) assignments(n ast.Node) bool {
	if assign, ok := n.(*ast.AssignStmt); ok && len(assign.Lhs) == len(assign.Rhs) {
		for i, left := range assign.Lhs {
			if id, ok := left.(*ast.Ident); ok {
				if v, ok := c.pass.TypesInfo.ObjectOf(id).(*types.Var); ok {
					c.values[v] = append(c.values[v], assign.Rhs[i])
				}
			}
		}
	}
	return true
}

func (c *checker) call(call *ast.CallExpr) {
	fn, ok := typeutil.Callee(c.pass.TypesInfo, call).(*types.Func)
	if ok && helper != "" && fn.FullName() == helper {
		c.judge.Examine(call) // it is the helper's matter what the event has
		return
	}
	logged, ok := logapi.Of(c.pass.TypesInfo, call)
	if !ok || logged.Func.Kind != logapi.Sink || logged.Func.Library == "fmt" || logged.Func.Library == "builtin" {
		return
	}
	e := &event{}
	c.collect(call, e, 0)
	if !e.security || c.aboutFiles(call) {
		return
	}
	c.judge.Examine(call)
	level := c.level(logged, call, 0)
	if level == "debug" || level == "info" {
		c.judge.Report(judge.Finding{Range: call, Message: "security event is logged at " + level, Detail: judge.Detail{Key: e.text}})
		return
	}
	missing := slices.DeleteFunc(slices.Clone(required), func(key string) bool { return e.has(key) })
	switch {
	case len(missing) == 0:
	case e.open:
		c.judge.Undetermined(call, "which attributes the security event has is not known here; give them with constant keys")
	default:
		c.judge.Report(judge.Finding{Range: call, Message: "security event lacks " + enumerate(missing), Detail: judge.Detail{Key: e.text}})
	}
}

// aboutFiles reports whether a call lies in a branch for files that the service
// itself may not read.
func (c *checker) aboutFiles(call *ast.CallExpr) bool {
	for n := c.graph.Parent(call); n != nil; n = c.graph.Parent(n) {
		branch, ok := n.(*ast.IfStmt)
		if !ok {
			continue
		}
		files := false
		ast.Inspect(branch.Cond, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			files = files || ok && (id.Name == "ErrPermission" || id.Name == "IsPermission")
			return !files
		})
		if files {
			return true
		}
	}
	return false
}

func enumerate(names []string) string {
	if len(names) == 1 {
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// An event is what is known of a log call.
type event struct {
	text     string // of the message
	keys     []string
	open     bool // there may be more keys
	security bool
}

// aliases are the keys that mean the same as a required one.
var aliases = map[string][]string{
	"type":     {"type", "event", "event_type"},
	"severity": {"severity", "level"},
	"source":   {"source", "ip", "remote_addr", "actor", "client_ip", "source_ip", "remote_ip"},
	"details":  {"details", "reason", "message", "detail", "error", "err"},
}

func (e *event) has(key string) bool {
	names := append([]string{key}, aliases[key]...)
	return slices.ContainsFunc(e.keys, func(k string) bool {
		k = strings.Join(sensitive.Words(k), "_")
		return slices.Contains(names, k)
	})
}

// phrases are the words, in a row, by which a message speaks of security.
var phrases = [][]string{
	{"login", "failed"}, {"unauthorized"}, {"forbidden"}, {"permission", "denied"}, {"access", "denied"}, {"intrusion"},
	{"brute", "force"}, {"token", "rejected"}, {"security", "event"},
}

// speaksOfSecurity reports whether a text has one of the phrases.
func speaksOfSecurity(text string) bool {
	words := sensitive.Words(text)
	return slices.ContainsFunc(phrases, func(phrase []string) bool {
		for i := range words {
			if i+len(phrase) <= len(words) && slices.Equal(words[i:i+len(phrase)], phrase) {
				return true
			}
		}
		return false
	})
}

// maxDepth bounds how far back the attributes of a logger are looked for.
const maxDepth = 8

// collect takes the keys of a call and of those on whose results it is made.
func (c *checker) collect(call *ast.CallExpr, e *event, depth int) {
	logged, ok := logapi.Of(c.pass.TypesInfo, call)
	if !ok || depth > maxDepth {
		return
	}
	for i, role := range logged.Func.Roles {
		if role == logapi.Key && i < len(call.Args) {
			key, known := logapi.Constant(c.pass.TypesInfo, call.Args[i])
			c.attribute(e, key, known, valueAt(call.Args, i+1))
		}
	}
	for _, arg := range logged.Arguments(c.pass.TypesInfo) {
		c.argument(e, arg, depth)
	}
	if receiver := logged.Receiver(c.pass.TypesInfo); receiver != nil {
		c.derived(receiver, e, depth)
	}
}

func valueAt(args []ast.Expr, i int) ast.Expr {
	if i < len(args) {
		return args[i]
	}
	return nil
}

func (c *checker) attribute(e *event, key string, known bool, value ast.Expr) {
	if !known {
		e.open = true
		return
	}
	e.keys = append(e.keys, key)
	if value != nil && slices.Contains(aliases["type"], strings.Join(sensitive.Words(key), "_")) {
		text, _ := logapi.Constant(c.pass.TypesInfo, value)
		e.security = e.security || speaksOfSecurity(text)
	}
}

func (c *checker) argument(e *event, arg logapi.Argument, depth int) {
	switch arg.Role {
	case logapi.Message, logapi.Format:
		text, _ := logapi.Constant(c.pass.TypesInfo, arg.Expr)
		e.text, e.security = text, e.security || speaksOfSecurity(text)
	case logapi.Values:
		text, ok := logapi.Constant(c.pass.TypesInfo, arg.Expr)
		e.security = e.security || ok && speaksOfSecurity(text)
	case logapi.Err:
		e.keys = append(e.keys, "error")
	case logapi.Value:
		if arg.Key != "" {
			c.attribute(e, arg.Key, true, arg.Expr)
		}
	case logapi.Map:
		c.fromMap(e, arg.Expr)
	case logapi.Attrs:
		if inner, ok := ast.Unparen(arg.Expr).(*ast.CallExpr); ok && !arg.Spread {
			if _, known := logapi.Of(c.pass.TypesInfo, inner); known {
				c.collect(inner, e, depth+1)
				return
			}
		}
		e.open = true
	}
	if arg.Spread {
		e.open = true
	}
}

// fromMap takes the keys of a literal of a map.
func (c *checker) fromMap(e *event, m ast.Expr) {
	lit, ok := ast.Unparen(m).(*ast.CompositeLit)
	if !ok {
		e.open = true
		return
	}
	for _, elt := range lit.Elts {
		if pair, ok := elt.(*ast.KeyValueExpr); ok {
			key, known := logapi.Constant(c.pass.TypesInfo, pair.Key)
			c.attribute(e, key, known, pair.Value)
		}
	}
}

// derived follows the logger, entry or event that a call is made on.
func (c *checker) derived(receiver ast.Expr, e *event, depth int) {
	switch r := ast.Unparen(receiver).(type) {
	case *ast.CallExpr:
		c.collect(r, e, depth+1)
	case *ast.Ident:
		v, ok := c.pass.TypesInfo.Uses[r].(*types.Var)
		if !ok {
			return
		}
		values := c.values[v]
		delete(c.values, v) // one that is set to what is derived from itself
		for _, value := range values {
			if call, ok := ast.Unparen(value).(*ast.CallExpr); ok {
				c.collect(call, e, depth+1)
			}
		}
		c.values[v] = values
	}
}

// level returns the level of a call: its own, or that of the event it ends.
func (c *checker) level(logged *logapi.Call, call *ast.CallExpr, depth int) string {
	if logged.Func.Level != "" || depth > maxDepth {
		return logged.Func.Level
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	inner, ok := ast.Unparen(sel.X).(*ast.CallExpr)
	if !ok {
		return ""
	}
	before, ok := logapi.Of(c.pass.TypesInfo, inner)
	if !ok {
		return ""
	}
	return c.level(before, inner, depth+1)
}
