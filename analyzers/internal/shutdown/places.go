package shutdown

import (
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/judge"
)

// callText is what a call is called in a message: "srv.ListenAndServe".
func (b *builder) callText(paren token.Pos) string {
	if call := b.callAt(paren); call != nil {
		return exprText(call.Fun)
	}
	return "the server"
}

// callAt returns the call with its left parenthesis at a position.
func (b *builder) callAt(paren token.Pos) *ast.CallExpr {
	if b.calls == nil {
		b.calls = make(map[token.Pos]*ast.CallExpr)
		for _, file := range b.pass.Files {
			ast.Inspect(file, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					b.calls[call.Lparen] = call
				}
				return true
			})
		}
	}
	return b.calls[paren]
}

// argumentText is what a call and an argument of it are called: the argument, if
// it has a name. The receiver counts as the first.
func (b *builder) argumentText(instr ssa.CallInstruction, index int) string {
	common := instr.Common()
	call := b.callAt(common.Pos())
	if call == nil {
		return ""
	}
	index -= len(common.Args) - len(call.Args)
	if index >= 0 && index < len(call.Args) {
		switch arg := ast.Unparen(call.Args[index]).(type) {
		case *ast.Ident, *ast.SelectorExpr:
			return exprText(arg)
		}
	}
	return exprText(call.Fun)
}

func (b *builder) callSite(paren token.Pos) Site {
	if call := b.callAt(paren); call != nil {
		return b.site(call.Pos(), call.End())
	}
	return b.site(paren, paren)
}

// exprText writes the name of what is called.
func exprText(e ast.Expr) string { return judge.Spell(e, "it") }

// valueSite finds a method value in the source: the selector at the position
// of its name.
func (b *builder) valueSite(v ssa.Value) (string, Site) {
	closure, ok := v.(*ssa.MakeClosure)
	if !ok {
		return v.Name(), b.site(v.Pos(), v.Pos())
	}
	for _, file := range b.pass.Files {
		if file.FileStart > closure.Pos() || closure.Pos() > file.FileEnd {
			continue
		}
		var found *ast.SelectorExpr
		ast.Inspect(file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Pos() == closure.Pos() {
				found = sel
			}
			return found == nil
		})
		if found != nil {
			return exprText(found), b.site(found.Pos(), found.End())
		}
	}
	return "the server", b.site(closure.Pos(), closure.Pos())
}

func (b *builder) site(pos, end token.Pos) Site { return siteAt(b.pass, pos, end) }

// SiteOf returns the site of a piece of the analysed package's syntax.
func SiteOf(pass *analysis.Pass, n ast.Node) Site { return siteAt(pass, n.Pos(), n.End()) }

func siteAt(pass *analysis.Pass, pos, end token.Pos) Site {
	from, to := pass.Fset.Position(pos), pass.Fset.Position(end)
	name := from.Filename
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	return Site{Package: pass.Pkg.Path(), File: name, Line: from.Line, Column: from.Column, EndLine: to.Line, EndCol: to.Column}
}

// keyedValue returns the range of the value that a store puts into a field: in a
// composite literal by its colon, in an assignment by its sign.
func (b *builder) keyedValue(pos token.Pos) (from, to token.Pos) {
	from, to = pos, pos
	for _, file := range b.pass.Files {
		if pos < file.FileStart || file.FileEnd < pos {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.KeyValueExpr:
				if n.Colon == pos {
					from, to = n.Value.Pos(), n.Value.End()
				}
			case *ast.AssignStmt:
				if n.TokPos == pos && len(n.Rhs) == 1 {
					from, to = n.Rhs[0].Pos(), n.Rhs[0].End()
				}
			}
			return n == nil || n.Pos() <= pos && pos < n.End()
		})
	}
	return from, to
}
