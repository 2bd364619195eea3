package settings

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// read notes a call of os.Getenv or os.LookupEnv.
func (c *collector) read(call *ast.CallExpr, fn *types.Func) {
	if fn.Name() != "Getenv" && fn.Name() != "LookupEnv" || len(call.Args) != 1 {
		return
	}
	name, ok := logapi.Constant(c.pass.TypesInfo, call.Args[0])
	switch {
	case ok:
		s := Setting{Kind: Variable, Name: name}
		c.absence(&s, call)
		c.add(call, s)
	case !c.ofHelper(call):
		c.add(call, Setting{Kind: Dynamic})
	}
}

const viperPkg = "github.com/spf13/viper"

// viper notes what viper is told to read from the environment: a variable for a
// key, or one for every key.
func (c *collector) viper(call *ast.CallExpr, function string) {
	switch {
	case function == "AutomaticEnv", function == "BindEnv" && len(call.Args) == 1:
		c.add(call, Setting{Kind: Dynamic})
	case function == "BindEnv":
		for _, arg := range call.Args[min(1, len(call.Args)):] {
			if name, ok := logapi.Constant(c.pass.TypesInfo, arg); ok {
				c.add(call, Setting{Kind: Variable, Name: name})
			} else {
				c.add(call, Setting{Kind: Dynamic})
			}
		}
	}
}

// absence finds out what happens if a variable that is read by a call is not set.
func (c *collector) absence(s *Setting, call *ast.CallExpr) {
	switch parent := c.graph.Parent(call).(type) {
	case *ast.CallExpr: // cmp.Or(os.Getenv("PORT"), "8080")
		if fn, ok := typeutil.Callee(c.pass.TypesInfo, parent).(*types.Func); ok && fn.FullName() == "cmp.Or" {
			s.Default, s.HasDefault = logapi.Constant(c.pass.TypesInfo, parent.Args[len(parent.Args)-1])
		}
	case *ast.BinaryExpr: // if os.Getenv("TOKEN") == "" { … }
		if branch, ok := c.graph.Parent(parent).(*ast.IfStmt); ok && parent.Op == token.EQL && branch.Cond == parent {
			s.Required = c.fails(branch.Body)
		}
	case *ast.AssignStmt:
		c.assigned(s, parent)
	}
}

// assigned looks at what follows "v := os.Getenv(…)" or "v, ok := os.LookupEnv(…)".
func (c *collector) assigned(s *Setting, assign *ast.AssignStmt) {
	v := c.variable(assign.Lhs[0])
	var found *types.Var
	if len(assign.Lhs) == 2 {
		found = c.variable(assign.Lhs[1])
	}
	if branch, ok := c.graph.Parent(assign).(*ast.IfStmt); ok && branch.Init == assign {
		c.branch(s, branch, v, found)
		return
	}
	block, ok := c.graph.Parent(assign).(*ast.BlockStmt)
	if !ok {
		return
	}
	for i, stmt := range block.List {
		if stmt == ast.Stmt(assign) && i+1 < len(block.List) {
			if branch, ok := block.List[i+1].(*ast.IfStmt); ok && branch.Init == nil {
				c.branch(s, branch, v, found)
			}
		}
	}
}

// branch looks at an if statement that asks whether a variable was set.
func (c *collector) branch(s *Setting, branch *ast.IfStmt, v, found *types.Var) {
	switch c.asks(branch.Cond, v, found) {
	case token.EQL: // not set
		if s.Required = c.fails(branch.Body); !s.Required {
			s.Default, s.HasDefault = c.given(branch.Body, v)
		}
	case token.NEQ: // set
		if block, ok := branch.Else.(*ast.BlockStmt); ok {
			if s.Required = c.fails(block); !s.Required {
				s.Default, s.HasDefault = c.given(block, v)
			}
			return
		}
		c.overridden(s, branch, v)
	}
}

// asks reports whether a condition asks if a variable is not set, token.EQL, or
// set, token.NEQ.
func (c *collector) asks(cond ast.Expr, v, found *types.Var) token.Token {
	switch e := ast.Unparen(cond).(type) {
	case *ast.BinaryExpr:
		text, ok := logapi.Constant(c.pass.TypesInfo, e.Y)
		if ok && text == "" && v != nil && c.variable(e.X) == v && (e.Op == token.EQL || e.Op == token.NEQ) {
			return e.Op
		}
		if e.Op == token.LOR && c.asks(e.X, v, found) == token.EQL {
			return token.EQL // !ok || v == ""
		}
		if e.Op == token.LAND && c.asks(e.X, v, found) == token.NEQ {
			return token.NEQ
		}
	case *ast.UnaryExpr:
		if e.Op == token.NOT && found != nil && c.variable(e.X) == found {
			return token.EQL
		}
	case *ast.Ident:
		if found != nil && c.variable(e) == found {
			return token.NEQ
		}
	}
	return token.ILLEGAL
}

// given returns the constant that a block assigns to a variable or returns in
// its place.
func (c *collector) given(block *ast.BlockStmt, v *types.Var) (string, bool) {
	for _, stmt := range block.List {
		switch stmt := stmt.(type) {
		case *ast.AssignStmt:
			if len(stmt.Lhs) == 1 && len(stmt.Rhs) == 1 && v != nil && c.variable(stmt.Lhs[0]) == v {
				return logapi.Constant(c.pass.TypesInfo, stmt.Rhs[0])
			}
		case *ast.ReturnStmt:
			if len(stmt.Results) > 0 {
				return logapi.Constant(c.pass.TypesInfo, stmt.Results[0])
			}
		}
	}
	return "", false
}

// overridden handles a default that stands first and is replaced if the variable
// is set: port := "8080"; if v := os.Getenv("PORT"); v != "" { port = v }.
func (c *collector) overridden(s *Setting, branch *ast.IfStmt, v *types.Var) {
	var target *types.Var
	for _, stmt := range branch.Body.List {
		if assign, ok := stmt.(*ast.AssignStmt); ok && len(assign.Lhs) == 1 && len(assign.Rhs) == 1 && v != nil && c.variable(assign.Rhs[0]) == v {
			target = c.variable(assign.Lhs[0])
		}
	}
	block, ok := c.graph.Parent(branch).(*ast.BlockStmt)
	if target == nil || !ok {
		return
	}
	for _, stmt := range block.List {
		if stmt.Pos() >= branch.Pos() {
			return
		}
		if assign, ok := stmt.(*ast.AssignStmt); ok && len(assign.Lhs) == 1 && len(assign.Rhs) == 1 && c.variable(assign.Lhs[0]) == target {
			s.Default, s.HasDefault = logapi.Constant(c.pass.TypesInfo, assign.Rhs[0])
		}
	}
}

// fails reports whether a block ends the process or returns an error.
func (c *collector) fails(block *ast.BlockStmt) bool {
	if len(block.List) == 0 {
		return false
	}
	switch last := block.List[len(block.List)-1].(type) {
	case *ast.ReturnStmt:
		if len(last.Results) == 0 {
			return false
		}
		result := last.Results[len(last.Results)-1]
		t := c.pass.TypesInfo.TypeOf(result)
		return t != nil && types.Implements(t, errorType) && !c.pass.TypesInfo.Types[result].IsNil()
	case *ast.ExprStmt:
		call, ok := last.X.(*ast.CallExpr)
		return ok && c.ends(call)
	}
	return false
}

var errorType = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

// ends reports whether a call ends the process.
func (c *collector) ends(call *ast.CallExpr) bool {
	switch callee := typeutil.Callee(c.pass.TypesInfo, call).(type) {
	case *types.Builtin:
		return callee.Name() == "panic"
	case *types.Func:
		return callee.FullName() == "os.Exit" || strings.HasPrefix(callee.Name(), "Fatal") || strings.HasPrefix(callee.Name(), "Panic")
	}
	return false
}

// variable returns the variable that an expression names, nil if it is none.
func (c *collector) variable(e ast.Expr) *types.Var {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		v, _ := c.pass.TypesInfo.ObjectOf(e).(*types.Var)
		return v
	case *ast.SelectorExpr:
		v, _ := c.pass.TypesInfo.ObjectOf(e.Sel).(*types.Var)
		return v
	}
	return nil
}
