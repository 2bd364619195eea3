package secretinlog

import (
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

// visit checks one call.
func (c *checker) visit(e *ast.CallExpr) {
	c.evals = 0
	call, ok := c.logCall(e)
	if !ok {
		c.panics(e)
		return
	}
	if call.Func.Kind == logapi.Passer || call.Func.Harmless || c.insideRedacting(e) {
		return
	}
	if (call.Func.Library == "fmt" || call.Func.Library == "builtin") && !c.serves(e) {
		return
	}
	args := call.Arguments(c.pass.TypesInfo)
	variable := slices.ContainsFunc(args, func(a logapi.Argument) bool {
		_, constant := logapi.Constant(c.pass.TypesInfo, a.Expr)
		return !constant
	})
	if !variable || c.discarded(e) || call.Func.Kind != logapi.Sink && !c.reachesSink(e, 0) {
		return
	}
	if _, direct := logapi.Of(c.pass.TypesInfo, e); direct && call.Func.Kind == logapi.Sink {
		c.judge.Examine(e)
	}
	for _, arg := range args {
		c.check(call, arg)
	}
}

// serves reports whether a call runs in a service, whose prints are its log.
func (c *checker) serves(e *ast.CallExpr) bool {
	return c.serving[c.graph.NodeOf(e)]
}

// logCall recognises a call of a logging library or of a function of this
// package that forwards to one.
func (c *checker) logCall(e *ast.CallExpr) (*logapi.Call, bool) {
	if call, ok := logapi.Of(c.pass.TypesInfo, e); ok {
		return call, true
	}
	decl := c.bodyOf(e)
	if decl == nil {
		return nil, false
	}
	if f := c.forwards(decl); f != nil {
		return &logapi.Call{Func: f, Expr: e}, true
	}
	return nil, false
}

// panics checks panic(v): what v says ends up on standard error.
func (c *checker) panics(e *ast.CallExpr) {
	b, ok := typeutil.Callee(c.pass.TypesInfo, e).(*types.Builtin)
	if !ok || b.Name() != "panic" || len(e.Args) != 1 {
		return
	}
	call := &logapi.Call{Func: &logapi.Func{Library: "builtin", Name: "panic", Roles: []logapi.Role{logapi.Message}, Class: logapi.Plain}, Expr: e}
	for _, arg := range call.Arguments(c.pass.TypesInfo) {
		c.check(call, arg)
	}
}

// check reports an argument that shows a secret. Built attributes are checked
// where they are built, maps and spread slices item by item.
func (c *checker) check(call *logapi.Call, arg logapi.Argument) {
	switch {
	case arg.Role == logapi.Map:
		for _, item := range c.entries(arg.Expr, arg.Expr, arg.Class) {
			c.check(call, item)
		}
		return
	case arg.Spread:
		items := c.items(arg.Expr, arg.Expr)
		if arg.Role == logapi.Attrs {
			for _, item := range logapi.Pair(c.pass.TypesInfo, items, arg.Class) {
				c.check(call, item)
			}
			return
		}
		for _, item := range items {
			c.check(call, logapi.Argument{Expr: item, Role: logapi.Values, Class: arg.Class})
		}
		return
	case arg.Role == logapi.Attrs && logapi.IsAttribute(c.pass.TypesInfo.TypeOf(arg.Expr)):
		return
	}
	v := c.shown(arg)
	if v.source == nil || v.source.whole && c.judgedInside(call, arg) {
		return
	}
	c.report(call, arg, v.source)
}

// judgedInside reports whether a function that forwards its parameter to a log
// has the parameter's type to tell it by itself what shows.
func (c *checker) judgedInside(call *logapi.Call, arg logapi.Argument) bool {
	decl := c.bodyOf(call.Expr)
	if decl == nil || c.forwards(decl) != call.Func {
		return false
	}
	fn := c.pass.TypesInfo.Defs[decl.Name].(*types.Func)
	for i, list := range c.arguments(fn, call.Expr) {
		if slices.Contains(list, arg.Expr) {
			t := parameters(fn)[i].Type()
			if slice, ok := t.(*types.Slice); ok && fn.Signature().Variadic() && i == len(parameters(fn))-1 {
				t = slice.Elem()
			}
			return !types.IsInterface(t)
		}
	}
	return false
}

// shown judges what a logging or formatting call shows of an argument.
func (c *checker) shown(arg logapi.Argument) value {
	info := c.pass.TypesInfo
	tv := info.Types[arg.Expr]
	if tv.Value != nil || tv.IsNil() || arg.Class == logapi.Hidden || tv.Type == nil || !sensitive.Carries(tv.Type) {
		return harmless
	}
	v := c.eval(arg.Expr)
	if v.source != nil {
		if !v.source.whole && !c.walker.Shows(tv.Type, arg.Class) {
			return harmless
		}
		return v
	}
	if v.known && v.params == 0 && sensitive.Text(tv.Type) {
		return v
	}
	if arg.Role != logapi.Message && arg.Role != logapi.Format {
		if src := c.whole(arg.Expr, arg.Class); src != nil {
			return value{source: src}
		}
	}
	if src := c.keyed(arg, v); src != nil {
		return value{source: src}
	}
	return v
}

// whole judges a value that is printed whole by its type, less what is known to
// be empty in it.
func (c *checker) whole(e ast.Expr, class logapi.Class) *source {
	e = c.concrete(e, 0)
	t := c.pass.TypesInfo.TypeOf(e)
	if t == nil || sensitive.Text(t) || c.answered(e) {
		return nil
	}
	saved := c.walker.Harmless
	defer func() { c.walker.Harmless = saved }()
	c.walker.Harmless = func(fields []*types.Var) bool {
		v := c.holds(e, fields)
		return v.known && v.source == nil && v.params == 0
	}
	leak := c.walker.Leak(t, class)
	if leak == nil {
		return nil
	}
	text := c.text(e)
	if path := leak.Path(); path != "" {
		text += "." + path
	}
	return &source{kind: leak.Kind, text: text, node: e, whole: true}
}

// answered reports whether an expression selects what a server answered.
func (c *checker) answered(e ast.Expr) bool {
	sel, ok := e.(*ast.SelectorExpr)
	return ok && c.pass.TypesInfo.Selections[sel] != nil && sensitive.Answered(c.pass.TypesInfo.TypeOf(sel.X), sel.Sel.Name)
}

// concrete returns the expression that gave an interface variable its only
// value.
func (c *checker) concrete(e ast.Expr, depth int) ast.Expr {
	e = ast.Unparen(e)
	if amp, ok := e.(*ast.UnaryExpr); ok {
		return amp
	}
	t := c.pass.TypesInfo.TypeOf(e)
	id, ok := e.(*ast.Ident)
	if t == nil || !types.IsInterface(t) || !ok || depth > 3 {
		return e
	}
	v, ok := c.pass.TypesInfo.ObjectOf(id).(*types.Var)
	if !ok || c.global(v) {
		return e
	}
	defs, entry := c.index.reaching(place{root: v}, id)
	if entry || len(defs) != 1 || defs[0].value == nil || defs[0].result > 0 || defs[0].kind != assigned {
		return e
	}
	if _, ok := c.pass.TypesInfo.TypeOf(defs[0].value).(*types.Tuple); ok {
		return e
	}
	return c.concrete(defs[0].value, depth+1)
}

// keyed judges a value by the key or label it is logged under.
func (c *checker) keyed(arg logapi.Argument, v value) *source {
	t := c.pass.TypesInfo.TypeOf(arg.Expr)
	if arg.Key == "" || v.known && v.source == nil || t == nil || arg.Class == logapi.Hidden {
		return nil
	}
	verdict := c.vocabulary.Name(arg.Key)
	switch {
	case verdict == sensitive.Secret && (sensitive.Text(t) || sensitive.Collection(t)):
	case verdict == sensitive.Plural && sensitive.Collection(t):
	default:
		return nil
	}
	words := sensitive.Words(arg.Key)
	if arg.Labelled && (doubting[words[0]] || c.lexical) || c.names(arg.Expr, words[len(words)-1]) || !c.walker.Shows(t, arg.Class) {
		return nil
	}
	return &source{kind: sensitive.Keyed, text: c.text(arg.Expr), node: arg.Expr}
}

// doubting are words that make "… token: %s" a complaint about a word.
var doubting = wordSet(`invalid unexpected unknown missing bad expired unsupported duplicate no not wrong empty illegal
	unrecognized unrecognised using create creating created delete deleting deleted for of the`)

// names reports whether a value logged under a secret's key is by its own name
// something harmless: the name, the number or the kind of the secret.
func (c *checker) names(e ast.Expr, head string) bool {
	if named, ok := types.Unalias(c.pass.TypesInfo.TypeOf(e)).(*types.Named); ok && c.vocabulary.Name(named.Obj().Name()) == sensitive.Cancelled {
		return true
	}
	own := ""
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		own = e.Name
	case *ast.SelectorExpr:
		own = e.Sel.Name
	case *ast.CallExpr:
		if tv := c.pass.TypesInfo.Types[e.Fun]; tv.IsType() && len(e.Args) == 1 {
			return c.names(e.Args[0], head)
		}
		if sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr); ok {
			own = sel.Sel.Name
			if own == "String" && len(e.Args) == 0 {
				return c.names(sel.X, head)
			}
			if own == "Sprint" || own == "Sprintf" {
				return !slices.ContainsFunc(e.Args, func(a ast.Expr) bool { return !c.constant(a) && !c.names(a, head) })
			}
		} else if id, ok := ast.Unparen(e.Fun).(*ast.Ident); ok {
			own = id.Name
		}
	case *ast.StarExpr:
		return c.names(e.X, head)
	case *ast.IndexExpr:
		return c.names(e.X, head)
	case *ast.BinaryExpr:
		return (c.constant(e.X) || c.names(e.X, head)) && (c.constant(e.Y) || c.names(e.Y, head))
	}
	switch c.vocabulary.Name(own) {
	case sensitive.Cancelled:
		return true
	case sensitive.Secret, sensitive.Plural:
		return false
	}
	// In a Kubernetes program "secret" is an object, and its key names it.
	return head == "secret" && c.kubernetes
}

func (c *checker) constant(e ast.Expr) bool { return c.pass.TypesInfo.Types[e].Value != nil }

// report makes a finding, one for each source and call.
func (c *checker) report(call *logapi.Call, arg logapi.Argument, src *source) {
	key := reported{arg.Expr.Pos(), src.text}
	if c.reported[key] || c.consented(src.node) {
		return
	}
	c.reported[key] = true
	var message string
	switch {
	case src.whole:
		message = fmt.Sprintf("%s reaches %s", src.text, call.Func.Name)
		if c.bodyOf(call.Expr) != nil {
			message += ", which logs it"
		}
		if way := arg.Class.String(); way != "" {
			message += " as " + way
		}
	case arg.Key != "" && !arg.Labelled && (src.kind == sensitive.Keyed || c.vocabulary.Name(arg.Key) != sensitive.Secret):
		message = fmt.Sprintf("%s is logged under key %q", src.text, arg.Key)
	default:
		message = src.text + " is logged"
	}
	finding := judge.Finding{Range: arg.Expr, Message: message, Detail: judge.Detail{Key: src.text}}
	if src.node != nil && !covers(arg.Expr, src.node) {
		finding.Related = append(finding.Related, analysis.RelatedInformation{
			Pos: src.node.Pos(), End: src.node.End(), Message: "the secret comes from here",
		})
	}
	c.judge.Report(finding)
}

// consented reports whether a secret comes in where somebody has asked to see
// it: under a condition such as ShowPasswords or logCredentials.
func (c *checker) consented(n ast.Node) bool {
	for child := n; n != nil; child, n = n, c.index.parents[n] {
		branch, ok := n.(*ast.IfStmt)
		if !ok || branch.Body != child {
			continue
		}
		name := ""
		switch cond := ast.Unparen(branch.Cond).(type) {
		case *ast.Ident:
			name = cond.Name
		case *ast.SelectorExpr:
			name = cond.Sel.Name
		}
		verdict := c.vocabulary.Name(name)
		if (verdict == sensitive.Secret || verdict == sensitive.Plural) && slices.ContainsFunc(sensitive.Words(name), func(word string) bool { return showing[word] }) {
			return true
		}
	}
	return false
}

var showing = wordSet(`show log print reveal expose include dump display trace`)

// text spells an expression for a message, in one line of moderate length.
func (c *checker) text(e ast.Expr) string {
	text := strings.Join(strings.Fields(types.ExprString(e)), " ")
	if len(text) <= 60 {
		return text
	}
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
		if fun := types.ExprString(call.Fun); len(fun) <= 50 {
			return fun + "(…)"
		}
	}
	return string([]rune(text)[:40]) + "…"
}
