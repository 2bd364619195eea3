package judge

import "go/ast"

// Spell writes the name of what is called for a message, without index or call
// arguments; what has no name is written as unnamed.
func Spell(e ast.Expr, unnamed string) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return Spell(e.X, unnamed) + "." + e.Sel.Name
	case *ast.CallExpr:
		return Spell(e.Fun, unnamed) + "()"
	case *ast.ParenExpr:
		return Spell(e.X, unnamed)
	case *ast.StarExpr:
		return Spell(e.X, unnamed)
	case *ast.IndexExpr:
		return Spell(e.X, unnamed)
	case *ast.IndexListExpr:
		return Spell(e.X, unnamed)
	case *ast.TypeAssertExpr:
		return Spell(e.X, unnamed)
	case *ast.UnaryExpr:
		return Spell(e.X, unnamed)
	case *ast.CompositeLit:
		if e.Type != nil {
			return Spell(e.Type, unnamed)
		}
	}
	return unnamed
}
