package fatalafterdefer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/opslint/opslint/analyzers/internal/exits"
)

// done reports whether a deferred cleanup is called by hand before an exit, or
// by the function that exits.
func (c *checker) done(d deferred, exit *ast.CallExpr, cleans []string) bool {
	if slices.Contains(cleans, exits.CalleeName(d.call)) {
		return true
	}
	return c.before(exit, d.stmt.End(), func(call *ast.CallExpr) bool { return text(call.Fun) == d.Text })
}

// cleansBefore names the cleanups that are called before an exit on the way to it.
func (c *checker) cleansBefore(exit *ast.CallExpr, from token.Pos) []string {
	var names []string
	c.before(exit, from, func(call *ast.CallExpr) bool {
		if name := exits.CalleeName(call); exits.IsCleanup(name) {
			names = append(names, name)
		}
		return false
	})
	return names
}

// before looks among the calls behind from that lead up to an exit: in the
// statements before it, in the blocks around it, and in the conditions of these.
func (c *checker) before(exit *ast.CallExpr, from token.Pos, is func(*ast.CallExpr) bool) bool {
	found := false
	search := func(n ast.Node) {
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit, *ast.DeferStmt, *ast.GoStmt:
				return false
			case *ast.CallExpr:
				found = found || n != exit && is(n)
			}
			return !found
		})
	}
	parents := c.graph.Parents()
	for n := ast.Node(exit); n != nil && !found; n = parents[n] {
		var list []ast.Stmt
		switch around := parents[n].(type) {
		case *ast.BlockStmt:
			list = around.List
		case *ast.CaseClause:
			list = around.Body
		case *ast.CommClause:
			list = around.Body
		case *ast.IfStmt:
			if around.Init != nil && around.Init != n {
				search(around.Init)
			}
			if around.Cond != n {
				search(around.Cond)
			}
		case *ast.CallExpr:
			continue
		case *ast.FuncDecl, *ast.FuncLit:
			return found
		}
		for _, stmt := range list {
			if stmt.Pos() >= from && stmt.End() <= n.Pos() {
				search(stmt)
			}
		}
	}
	for _, arg := range exit.Args { // log.Fatal(f.Close())
		search(arg)
	}
	return found
}

// notOpened reports whether an exit is taken because the thing that is to be
// closed was never opened: the error is that of the statement that made it.
func (c *checker) notOpened(d deferred, exit *ast.CallExpr, given ast.Expr) bool {
	made := c.root(d.call.Fun)
	failed := c.failure(exit, given)
	if made == nil || failed == nil {
		return false
	}
	var last *ast.AssignStmt
	fn := c.bodyAround(exit)
	if fn == nil {
		return false
	}
	ast.Inspect(fn, func(n ast.Node) bool {
		if assign, ok := n.(*ast.AssignStmt); ok && assign.Pos() < exit.Pos() && c.assigns(assign, failed) {
			last = assign
		}
		return true
	})
	return last != nil && c.assigns(last, made)
}

// failure returns the error that an exit is about.
func (c *checker) failure(exit *ast.CallExpr, given ast.Expr) types.Object {
	if id, ok := given.(*ast.Ident); ok {
		return c.pass.TypesInfo.Uses[id]
	}
	parents := c.graph.Parents()
	for n := ast.Node(exit); n != nil; n = parents[n] {
		switch around := parents[n].(type) {
		case *ast.IfStmt:
			if obj, op := exits.NilTest(c.pass.TypesInfo, around.Cond); obj != nil && op == token.NEQ && around.Body == n {
				return obj
			}
		case *ast.FuncDecl, *ast.FuncLit:
			return nil
		}
	}
	return nil
}

func (c *checker) assigns(assign *ast.AssignStmt, obj types.Object) bool {
	return slices.ContainsFunc(assign.Lhs, func(e ast.Expr) bool {
		id, ok := e.(*ast.Ident)
		return ok && (c.pass.TypesInfo.Defs[id] == obj || c.pass.TypesInfo.Uses[id] == obj)
	})
}

// root returns the variable at the start of a selector: db of db.Close.
func (c *checker) root(e ast.Expr) types.Object {
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.SelectorExpr:
			e = x.X
		case *ast.Ident:
			return c.pass.TypesInfo.Uses[x]
		default:
			return nil
		}
	}
}

// bodyAround returns the body of the function around a node.
func (c *checker) bodyAround(n ast.Node) *ast.BlockStmt {
	parents := c.graph.Parents()
	for ; n != nil; n = parents[n] {
		switch n := n.(type) {
		case *ast.FuncDecl:
			return n.Body
		case *ast.FuncLit:
			return n.Body
		}
	}
	return nil
}
