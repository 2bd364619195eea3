package loggers

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"
)

// preset returns the level that a configuration of zap has by itself, "" if the
// call makes none.
func preset(info *types.Info, call *ast.CallExpr) string {
	fn, ok := typeutil.Callee(info, call).(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Path() != "go.uber.org/zap" {
		return ""
	}
	switch fn.Name() {
	case "NewProductionConfig":
		return "info"
	case "NewDevelopmentConfig":
		return "debug"
	}
	return ""
}

// A fieldSet is an assignment to a field of a local variable.
type fieldSet struct {
	name string
	assignment
}

// noteSets notes which fields of local variables are set, and which variables
// are handed to a function that may set them.
func (g *gatherer) noteSets(file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, left := range n.Lhs {
				sel, ok := ast.Unparen(left).(*ast.SelectorExpr)
				if !ok {
					continue
				}
				if v := g.index.variable(sel.X); v != nil && !v.IsField() {
					a := assignment{at: n, open: len(n.Lhs) != len(n.Rhs)}
					if !a.open {
						a.value = n.Rhs[i]
					}
					g.sets[v] = append(g.sets[v], fieldSet{sel.Sel.Name, a})
				}
			}
		case *ast.CallExpr:
			g.noteHanded(n)
		}
		return true
	})
}

// noteHanded notes the variables whose address a function gets that does not
// only read it.
func (g *gatherer) noteHanded(call *ast.CallExpr) {
	fn, ok := typeutil.Callee(g.pass.TypesInfo, call).(*types.Func)
	if ok && fn.Pkg() != nil {
		if _, known := rowOf(fn); known {
			return
		}
	}
	for _, arg := range call.Args {
		arg = ast.Unparen(arg)
		unary, isAddress := arg.(*ast.UnaryExpr)
		if isAddress {
			arg = ast.Unparen(unary.X)
			if sel, ok := arg.(*ast.SelectorExpr); ok { // &cfg.Level
				arg = sel.X
			}
		}
		v := g.index.variable(arg)
		if v == nil || v.IsField() {
			continue
		}
		if _, pointer := v.Type().Underlying().(*types.Pointer); pointer || isAddress {
			g.handed[v] = true
		}
	}
}

// handedOver reports whether somebody else may set the fields of a variable.
func (g *gatherer) handedOver(v *types.Var) bool { return g.handed[v] }
