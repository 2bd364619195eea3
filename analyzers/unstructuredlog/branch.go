package unstructuredlog

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/logapi"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

// A Branch says when something is done.
type Branch uint8

// The branches.
const (
	always      Branch = iota
	development        // only outside production
	requested          // only if somebody asks for it
	fallback           // unless somebody asks for something else
)

// A condition is when something is done, and if that hangs on a choice, how it
// is spelt and whether it is known not to be made unless somebody asks for it.
type condition struct {
	branch  Branch
	choice  string
	settled bool
	// asked: something around it is done only if somebody asks for it.
	asked bool
}

// branch classifies a place by the conditions around it in its function.
func (g *gatherer) branch(n ast.Node) condition {
	var c condition
	for child, parent := n, g.graph.Parent(n); parent != nil; child, parent = parent, g.graph.Parent(parent) {
		var found condition
		switch p := parent.(type) {
		case *ast.IfStmt:
			if child == p.Body || child == p.Else {
				found = g.guard(p.Cond, child == p.Body)
			}
		case *ast.CaseClause:
			found = g.clause(p)
			if left := g.leftBefore(p.Body, child); found.branch == always || left.branch == development {
				found = left
			}
		case *ast.BlockStmt:
			found = g.leftBefore(p.List, child)
		case *ast.FuncDecl, *ast.FuncLit:
			if g.graph.NodeOf(parent).Syntax == parent {
				return c
			}
		}
		if found.branch == development {
			return found
		}
		asked := c.asked || found.branch == requested && found.settled
		if c.branch == always {
			c = found
		}
		c.asked = asked
	}
	return c
}

// guard classifies what is done if a condition holds, or if it does not.
func (g *gatherer) guard(cond ast.Expr, holds bool) condition {
	if tv := g.pass.TypesInfo.Types[cond]; tv.Value != nil && holds && !constant.BoolVal(tv.Value) {
		return condition{branch: development} // switched off when the program was built
	}
	kind := g.environment(cond)
	if !holds {
		kind = flip(kind)
	}
	switch kind {
	case developmentOnly:
		return condition{branch: development}
	case productionOnly:
		return condition{}
	}
	c := condition{branch: fallback, choice: types.ExprString(cond), settled: g.settled(cond)}
	if holds == g.asks(cond) {
		c.branch = requested
	}
	return c
}

// leftBefore classifies a statement by those before it that leave the list on a
// condition: in development, or unless somebody asks for it.
func (g *gatherer) leftBefore(list []ast.Stmt, child ast.Node) condition {
	var c condition
	for _, s := range list {
		if ast.Node(s) == child {
			break
		}
		branch, ok := s.(*ast.IfStmt)
		if !ok || branch.Else != nil || !leaves(branch.Body) {
			continue
		}
		found := g.guard(branch.Cond, false)
		if found.branch == development {
			return found
		}
		if found.branch == requested && found.settled {
			c = found
		}
	}
	return c
}

// leaves reports whether a block ends by leaving what is around it.
func leaves(body *ast.BlockStmt) bool {
	if len(body.List) == 0 {
		return false
	}
	switch body.List[len(body.List)-1].(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	}
	return false
}

// clause classifies one case of a switch.
func (g *gatherer) clause(c *ast.CaseClause) condition {
	body := g.graph.Parent(c)
	stmt, ok := g.graph.Parent(body).(*ast.SwitchStmt)
	if !ok {
		return condition{}
	}
	if stmt.Tag == nil {
		for _, cond := range c.List {
			if g.environment(cond) == developmentOnly {
				return condition{branch: development}
			}
		}
		if len(c.List) > 0 {
			return condition{branch: requested}
		}
	}
	if stmt.Tag != nil && g.about(stmt.Tag, environmentWords) {
		return condition{branch: g.environmentClause(c, stmt)}
	}
	if len(c.List) > 0 {
		return condition{branch: requested}
	}
	if stmt.Tag == nil {
		return condition{branch: fallback, choice: "switch"}
	}
	return condition{branch: fallback, choice: types.ExprString(stmt.Tag), settled: g.settled(stmt.Tag)}
}

// environmentClause classifies one case of a switch over the environment: the
// default is development if another case is production.
func (g *gatherer) environmentClause(c *ast.CaseClause, stmt *ast.SwitchStmt) Branch {
	if len(c.List) > 0 {
		for _, e := range c.List {
			if !g.constantIn(e, developmentValues) {
				return always
			}
		}
		return development
	}
	for _, other := range stmt.Body.List {
		if clause, ok := other.(*ast.CaseClause); ok {
			for _, e := range clause.List {
				if g.constantIn(e, productionValues) {
					return development
				}
			}
		}
	}
	return always
}

type environmentKind uint8

const (
	noEnvironment environmentKind = iota
	developmentOnly
	productionOnly
)

var (
	environmentWords  = []string{"env", "environment", "stage", "mode", "profile", "debug", "local", "dev", "development", "release", "tier", "deployment"}
	developmentWords  = []string{"debug", "local", "dev", "development", "develop", "devel", "tty", "terminal", "interactive", "testing"}
	productionWords   = []string{"prod", "production"}
	developmentValues = []string{"dev", "develop", "devel", "development", "local", "localhost", "test", "testing", "debug"}
	productionValues  = []string{"prod", "production", "live", "staging", "release", "prd"}
)

// environment reports whether a condition holds only in development or only in
// production.
func (g *gatherer) environment(cond ast.Expr) environmentKind {
	switch e := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return flip(g.environment(e.X))
		}
	case *ast.BinaryExpr:
		switch e.Op {
		case token.EQL, token.NEQ:
			kind := g.comparison(e.X, e.Y)
			if kind == noEnvironment {
				kind = g.comparison(e.Y, e.X)
			}
			if e.Op == token.NEQ {
				kind = flip(kind)
			}
			return kind
		case token.LAND:
			return max(g.environment(e.X), g.environment(e.Y))
		case token.LOR:
			if x, y := g.environment(e.X), g.environment(e.Y); x == y {
				return x
			}
		}
	case *ast.CallExpr:
		name := calledName(e)
		switch {
		case name == "IsTerminal" || name == "IsCygwinTerminal":
			return developmentOnly
		case name == "EqualFold" && len(e.Args) == 2:
			return max(g.comparison(e.Args[0], e.Args[1]), g.comparison(e.Args[1], e.Args[0]))
		}
		return g.boolean(name)
	case *ast.Ident:
		return g.boolean(e.Name)
	case *ast.SelectorExpr:
		return g.boolean(e.Sel.Name)
	case *ast.StarExpr:
		return g.environment(e.X)
	}
	return noEnvironment
}

// boolean judges a flag by its name.
func (g *gatherer) boolean(name string) environmentKind {
	for _, word := range sensitive.Words(name) {
		if slices.Contains(developmentWords, word) {
			return developmentOnly
		}
		if slices.Contains(productionWords, word) {
			return productionOnly
		}
	}
	return noEnvironment
}

func flip(k environmentKind) environmentKind {
	switch k {
	case developmentOnly:
		return productionOnly
	case productionOnly:
		return developmentOnly
	}
	return k
}

func (g *gatherer) comparison(value, with ast.Expr) environmentKind {
	switch {
	case !g.about(value, environmentWords):
	case g.constantIn(with, developmentValues):
		return developmentOnly
	case g.constantIn(with, productionValues):
		return productionOnly
	}
	return noEnvironment
}

func (g *gatherer) constantIn(e ast.Expr, values []string) bool {
	text, ok := logapi.Constant(g.pass.TypesInfo, e)
	return ok && slices.Contains(values, strings.ToLower(text))
}

// about reports whether a name or constant in an expression has one of the
// words.
func (g *gatherer) about(e ast.Expr, words []string) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		text := ""
		switch n := n.(type) {
		case *ast.Ident:
			text = n.Name
		case *ast.BasicLit:
			text, _ = logapi.Constant(g.pass.TypesInfo, n)
		}
		found = found || slices.ContainsFunc(sensitive.Words(text), func(w string) bool { return slices.Contains(words, w) })
		return !found
	})
	return found
}

// asks reports whether a condition holds if somebody asks for something: a flag,
// a variable that is not empty, a value that is the one compared with.
func (g *gatherer) asks(cond ast.Expr) bool {
	switch e := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		return e.Op != token.NOT || !g.asks(e.X)
	case *ast.BinaryExpr:
		switch e.Op {
		case token.LAND, token.LOR:
			return g.asks(e.X)
		case token.EQL:
			return !g.empty(e.X) && !g.empty(e.Y)
		case token.NEQ:
			return g.empty(e.X) || g.empty(e.Y)
		}
	}
	return true
}

// empty reports whether an expression is what a value is that nobody set.
func (g *gatherer) empty(e ast.Expr) bool {
	tv := g.pass.TypesInfo.Types[e]
	return tv.IsNil() || tv.Value != nil && (tv.Value.ExactString() == `""` || tv.Value.ExactString() == "0" || tv.Value.ExactString() == "false")
}

// settled reports whether a choice is known to fall on the default unless
// somebody sets something: an environment variable, a flag that is empty or
// false.
func (g *gatherer) settled(cond ast.Expr) bool {
	known := false
	ast.Inspect(cond, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			fn, ok := typeutil.Callee(g.pass.TypesInfo, n).(*types.Func)
			known = known || ok && fn.Pkg() != nil && fn.Pkg().Path() == "os" && fn.Name() == "Getenv"
		case *ast.Ident:
			known = known || g.emptyFlag(n)
		}
		return !known
	})
	return known
}

// emptyFlag reports whether a variable is a flag or environment variable whose
// value does not ask for JSON unless it is set.
func (g *gatherer) emptyFlag(id *ast.Ident) bool {
	v, ok := g.pass.TypesInfo.Uses[id].(*types.Var)
	if !ok {
		return false
	}
	call, ok := g.initial(v).(*ast.CallExpr)
	if !ok {
		return false
	}
	fn, ok := typeutil.Callee(g.pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return false
	}
	switch path := fn.Pkg().Path(); {
	case path == "os" && fn.Name() == "Getenv":
		return true
	case path == "flag" && (fn.Name() == "Bool" || fn.Name() == "String") && len(call.Args) == 3:
		tv := g.pass.TypesInfo.Types[call.Args[1]]
		if tv.Value == nil {
			return false
		}
		if tv.Value.Kind() == constant.Bool {
			return !constant.BoolVal(tv.Value)
		}
		return !strings.EqualFold(constant.StringVal(tv.Value), "json")
	}
	return false
}

// initial returns the only value a variable of the package is declared with.
func (g *gatherer) initial(v *types.Var) ast.Expr {
	var value ast.Expr
	for _, file := range g.pass.Files {
		if file.FileStart > v.Pos() || v.Pos() > file.FileEnd {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				for i, name := range n.Names {
					if g.pass.TypesInfo.Defs[name] == v && i < len(n.Values) {
						value = ast.Unparen(n.Values[i])
					}
				}
			case *ast.AssignStmt:
				for i, left := range n.Lhs {
					if id, ok := left.(*ast.Ident); ok && g.pass.TypesInfo.Defs[id] == v && len(n.Lhs) == len(n.Rhs) {
						value = ast.Unparen(n.Rhs[i])
					}
				}
			}
			return value == nil
		})
	}
	return value
}

func calledName(call *ast.CallExpr) string {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	}
	return ""
}

// excused reports whether a print is no log line: it is the answer to a request
// for usage or version, or the last word before the end.
func (g *gatherer) excused(call *ast.CallExpr) bool {
	for child, n := ast.Node(call), g.graph.Parent(call); n != nil; child, n = n, g.graph.Parent(n) {
		switch n := n.(type) {
		case *ast.FuncDecl:
			return helping(n.Name.Name)
		case *ast.AssignStmt:
			if len(n.Lhs) == 1 && len(n.Rhs) == 1 && n.Rhs[0] == child {
				if sel, ok := n.Lhs[0].(*ast.SelectorExpr); ok && sel.Sel.Name == "Usage" {
					return true
				}
			}
		case *ast.BlockStmt:
			if g.ends(n.List, child, n) {
				return true
			}
		case *ast.CaseClause:
			if g.ends(n.Body, child, n) {
				return true
			}
		}
	}
	return false
}

func helping(name string) bool {
	return slices.ContainsFunc(sensitive.Words(name), func(word string) bool {
		return word == "usage" || word == "help" || word == "version" || word == "banner"
	})
}

// ends reports whether the statements behind child leave the process, or leave
// function main or a command from inside a branch, before doing anything but
// print.
func (g *gatherer) ends(list []ast.Stmt, child, block ast.Node) bool {
	at := slices.IndexFunc(list, func(s ast.Stmt) bool { return ast.Node(s) == child })
	if at < 0 {
		return false
	}
	for _, s := range list[at+1:] {
		switch s := s.(type) {
		case *ast.ReturnStmt:
			switch node := g.function(block).(type) {
			case *ast.FuncDecl:
				return node.Name.Name == "main" && ast.Node(node.Body) != block
			case *ast.FuncLit: // of a command
				return ast.Node(node.Body) != block
			}
			return false
		case *ast.ExprStmt:
			call, ok := s.X.(*ast.CallExpr)
			if !ok {
				return false
			}
			name := calledName(call)
			if name == "Exit" || name == "panic" || strings.HasPrefix(name, "Fatal") {
				return true
			}
			if !strings.Contains(strings.ToLower(name), "print") && !helping(name) {
				return false
			}
		default:
			return false
		}
	}
	return false
}

// function returns the syntax of the declared function, or of a command's
// function, around a node.
func (g *gatherer) function(n ast.Node) ast.Node {
	node := g.graph.NodeOf(n)
	for node.Ending {
		node = g.graph.NodeOf(g.graph.Parent(node.Syntax))
	}
	return node.Syntax
}
