package taint

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// A syntax finds the expression behind an instruction of the SSA form, which
// knows only a position in it.
type syntax struct {
	at map[token.Pos]ast.Node
}

func newSyntax(files []*ast.File) *syntax {
	s := &syntax{at: make(map[token.Pos]ast.Node)}
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				s.at[n.Lparen] = n
			case *ast.SelectorExpr:
				s.at[n.Sel.Pos()] = n
			case *ast.IndexExpr:
				s.at[n.Lbrack] = n
			case *ast.SliceExpr:
				s.at[n.Lbrack] = n
			case *ast.BinaryExpr:
				s.at[n.OpPos] = n
			case *ast.CompositeLit:
				s.at[n.Lbrace] = n
			case *ast.KeyValueExpr:
				s.at[n.Colon] = n
			}
			return true
		})
	}
	return s
}

// find returns the node of a type at a position that an instruction gives.
func find[N ast.Node](s *syntax, pos token.Pos) (N, bool) {
	n, ok := s.at[pos].(N)
	return n, ok
}

// expression returns the expression that a value comes from, nil if it has none
// of its own.
func (s *syntax) expression(v ssa.Value) ast.Expr {
	switch v := v.(type) {
	case *ssa.Extract:
		return s.expression(v.Tuple)
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return s.expression(v.X)
		}
	case *ssa.MakeInterface:
		return s.expression(v.X)
	case *ssa.ChangeInterface:
		return s.expression(v.X)
	case *ssa.Phi, *ssa.Parameter, *ssa.Global, *ssa.FreeVar:
		return nil
	}
	e, _ := s.at[v.Pos()].(ast.Expr)
	return e
}

// spell writes an expression for a message, in one line of moderate length.
func spell(e ast.Expr) string {
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

// text names a value for a message; "" if the source has no words for it.
func (p *Package) text(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.Parameter:
		return v.Name()
	case *ssa.Global:
		return v.Name()
	case *ssa.FreeVar:
		return v.Name()
	case *ssa.Alloc:
		if !strings.Contains(v.Comment, " ") && v.Comment != "complit" && v.Comment != "new" && v.Comment != "varargs" {
			return v.Comment
		}
	case *ssa.Phi:
		return v.Comment
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return p.text(v.X)
		}
	case *ssa.MakeInterface:
		return p.text(v.X)
	}
	if names := p.ir.Names(v); len(names) > 0 {
		return names[0].Var.Name()
	}
	if e := p.syntax.expression(v); e != nil {
		return spell(e)
	}
	return ""
}
