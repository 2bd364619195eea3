package unstructuredlog

import (
	"go/ast"
	"slices"
	"strings"

	"github.com/opslint/opslint/analyzers/internal/loggers"
	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

// excused reports whether a print is no log line: it is the answer to a request
// for usage or version, or the last word before the end.
func (g *gatherer) excused(call *ast.CallExpr) bool {
	for child, n := ast.Node(call), g.graph.Parent(call); n != nil; child, n = n, g.graph.Parent(n) {
		switch n := n.(type) {
		case *ast.FuncDecl:
			return helping(n.Name.Name) || g.answering(g.whole(call), 0)
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

// ends reports whether the statements behind child leave the process, leave
// function main or a command from inside a branch, or end the function of a
// command, before doing anything but print.
func (g *gatherer) ends(list []ast.Stmt, child, block ast.Node) bool {
	at := slices.IndexFunc(list, func(s ast.Stmt) bool { return ast.Node(s) == child })
	if at < 0 {
		return false
	}
	for _, s := range list[at+1:] {
		switch s := s.(type) {
		case *ast.ReturnStmt:
			if whole := g.whole(block); body(whole.Syntax) == block && g.commandName(whole) != "" && !slices.ContainsFunc(s.Results, isCall) {
				return true // the last word of a command
			}
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
			name := loggers.CalledName(call)
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

func isCall(e ast.Expr) bool {
	_, ok := ast.Unparen(e).(*ast.CallExpr)
	return ok
}

// body returns the block of a function.
func body(function ast.Node) ast.Node {
	switch f := function.(type) {
	case *ast.FuncDecl:
		return f.Body
	case *ast.FuncLit:
		return f.Body
	}
	return nil
}

// function returns the syntax of the declared function, or of a command's
// function, around a node.
func (g *gatherer) function(n ast.Node) ast.Node { return g.whole(n).Syntax }

// whole returns the function around a node as a whole, a command's included.
func (g *gatherer) whole(n ast.Node) *reach.Node {
	node := g.graph.NodeOf(n)
	for node.Ending {
		node = g.graph.NodeOf(g.graph.Parent(node.Syntax))
	}
	return node
}
