package loggers

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/reach"
)

// A Branch says when something is done.
type Branch uint8

// The branches.
const (
	Always      Branch = iota
	Development        // only outside production
	Requested          // only if somebody asks for it
	Fallback           // unless somebody asks for something else
)

// A Condition is when something is done, and if that hangs on a choice, how it
// is spelt and whether it is known not to be made unless somebody asks for it.
type Condition struct {
	Branch  Branch
	Choice  string
	Settled bool
	// Asked: something around it is done only if somebody asks for it.
	Asked bool
}

// Guards tells on which conditions the places of a package are reached.
type Guards struct {
	info  *types.Info
	files []*ast.File
	graph *reach.Result

	initials map[*types.Var]ast.Expr // what variables are declared with
	guarded  map[guarded]Condition   // memo of guard
}

// guarded is a condition that holds, or that does not.
type guarded struct {
	cond  ast.Expr
	holds bool
}

// NewGuards returns the Guards of the package of pass.
func NewGuards(pass *analysis.Pass, graph *reach.Result) *Guards {
	return &Guards{info: pass.TypesInfo, files: pass.Files, graph: graph, guarded: make(map[guarded]Condition)}
}

// Of classifies a place by the conditions around it in its function.
func (g *Guards) Of(n ast.Node) Condition {
	var c Condition
	for child, parent := n, g.graph.Parent(n); parent != nil; child, parent = parent, g.graph.Parent(parent) {
		var found Condition
		switch p := parent.(type) {
		case *ast.IfStmt:
			if child == p.Body || child == p.Else {
				found = g.guard(p.Cond, child == p.Body)
			}
		case *ast.CaseClause:
			found = g.clause(p)
			if left := g.leftBefore(p.Body, child); found.Branch == Always || left.Branch == Development {
				found = left
			}
		case *ast.BlockStmt:
			found = g.leftBefore(p.List, child)
		case *ast.FuncDecl, *ast.FuncLit:
			if g.graph.NodeOf(parent).Syntax == parent {
				return c
			}
		}
		if found.Branch == Development {
			return found
		}
		asked := c.Asked || found.Branch == Requested && found.Settled
		if c.Branch == Always {
			c = found
		}
		c.Asked = asked
	}
	return c
}

// guard classifies what is done if a condition holds, or if it does not.
func (g *Guards) guard(cond ast.Expr, holds bool) Condition {
	key := guarded{cond, holds}
	c, known := g.guarded[key]
	if !known {
		c = g.classify(cond, holds)
		g.guarded[key] = c
	}
	return c
}

func (g *Guards) classify(cond ast.Expr, holds bool) Condition {
	if tv := g.info.Types[cond]; tv.Value != nil && holds && !constant.BoolVal(tv.Value) {
		return Condition{Branch: Development} // switched off when the program was built
	}
	kind := g.environment(cond)
	if !holds {
		kind = flip(kind)
	}
	switch kind {
	case developmentOnly:
		return Condition{Branch: Development}
	case productionOnly:
		return Condition{}
	}
	c := Condition{Branch: Fallback, Choice: types.ExprString(cond), Settled: g.settled(cond)}
	if holds == g.asks(cond) {
		c.Branch = Requested
	}
	return c
}

// leftBefore classifies a statement by those before it that leave the list on a
// condition: in development, or unless somebody asks for it.
func (g *Guards) leftBefore(list []ast.Stmt, child ast.Node) Condition {
	var c Condition
	for _, s := range list {
		if ast.Node(s) == child {
			break
		}
		branch, ok := s.(*ast.IfStmt)
		if !ok || branch.Else != nil || !leaves(branch.Body) {
			continue
		}
		found := g.guard(branch.Cond, false)
		if found.Branch == Development {
			return found
		}
		if found.Branch == Requested && found.Settled {
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
func (g *Guards) clause(c *ast.CaseClause) Condition {
	body := g.graph.Parent(c)
	stmt, ok := g.graph.Parent(body).(*ast.SwitchStmt)
	if !ok {
		return Condition{}
	}
	if stmt.Tag == nil {
		for _, cond := range c.List {
			if g.environment(cond) == developmentOnly {
				return Condition{Branch: Development}
			}
		}
		if len(c.List) > 0 {
			return Condition{Branch: Requested}
		}
	}
	if stmt.Tag != nil && g.about(stmt.Tag, environmentWords) {
		return Condition{Branch: g.environmentClause(c, stmt)}
	}
	if len(c.List) > 0 {
		return Condition{Branch: Requested}
	}
	if stmt.Tag == nil {
		return Condition{Branch: Fallback, Choice: "switch"}
	}
	return Condition{Branch: Fallback, Choice: types.ExprString(stmt.Tag), Settled: g.settled(stmt.Tag)}
}

// environmentClause classifies one case of a switch over the environment: the
// default is development if another case is production.
func (g *Guards) environmentClause(c *ast.CaseClause, stmt *ast.SwitchStmt) Branch {
	if len(c.List) > 0 {
		for _, e := range c.List {
			if !g.constantIn(e, developmentValues) {
				return Always
			}
		}
		return Development
	}
	for _, other := range stmt.Body.List {
		if clause, ok := other.(*ast.CaseClause); ok {
			for _, e := range clause.List {
				if g.constantIn(e, productionValues) {
					return Development
				}
			}
		}
	}
	return Always
}

// asks reports whether a condition holds if somebody asks for something: a flag,
// a variable that is not empty, a value that is the one compared with.
func (g *Guards) asks(cond ast.Expr) bool {
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
func (g *Guards) empty(e ast.Expr) bool {
	tv := g.info.Types[e]
	return tv.IsNil() || tv.Value != nil && (tv.Value.ExactString() == `""` || tv.Value.ExactString() == "0" || tv.Value.ExactString() == "false")
}

// settled reports whether a choice is known to fall on the default unless
// somebody sets something: an environment variable, a flag that is empty or
// false.
func (g *Guards) settled(cond ast.Expr) bool {
	known := false
	ast.Inspect(cond, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			fn, ok := typeutil.Callee(g.info, n).(*types.Func)
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
func (g *Guards) emptyFlag(id *ast.Ident) bool {
	v, ok := g.info.Uses[id].(*types.Var)
	if !ok {
		return false
	}
	call, ok := g.initial(v).(*ast.CallExpr)
	if !ok {
		return false
	}
	fn, ok := typeutil.Callee(g.info, call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return false
	}
	switch path := fn.Pkg().Path(); {
	case path == "os" && fn.Name() == "Getenv":
		return true
	case path == "flag" && (fn.Name() == "Bool" || fn.Name() == "String") && len(call.Args) == 3:
		tv := g.info.Types[call.Args[1]]
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

// initial returns the value that a variable of the package is declared with.
func (g *Guards) initial(v *types.Var) ast.Expr {
	if g.initials == nil {
		g.initials = make(map[*types.Var]ast.Expr)
		for _, file := range g.files {
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.ValueSpec:
					for i, name := range n.Names {
						if i < len(n.Values) {
							g.declare(name, n.Values[i])
						}
					}
				case *ast.AssignStmt:
					for i, left := range n.Lhs {
						if id, ok := left.(*ast.Ident); ok && len(n.Lhs) == len(n.Rhs) {
							g.declare(id, n.Rhs[i])
						}
					}
				}
				return true
			})
		}
	}
	return g.initials[v]
}

func (g *Guards) declare(name *ast.Ident, value ast.Expr) {
	if v, ok := g.info.Defs[name].(*types.Var); ok {
		g.initials[v] = ast.Unparen(value)
	}
}
