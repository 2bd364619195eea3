package ignoredexitcode

import (
	"go/ast"
	"go/types"
	"path"
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/exits"
)

// fix replaces what ends a branch for an error by what tells the failure.
func (f *function) fix(place ast.Node, failed types.Object) (analysis.SuggestedFix, bool) {
	replace := func(n ast.Node, with string) (analysis.SuggestedFix, bool) {
		return analysis.SuggestedFix{
			Message:   "end with " + with,
			TextEdits: []analysis.TextEdit{{Pos: n.Pos(), End: n.End(), NewText: []byte(with)}},
		}, true
	}
	switch n := place.(type) {
	case *ast.ReturnStmt:
		switch f.kind {
		case silent:
			if name, ok := f.osName(n); ok && !f.defers(n) {
				return replace(n, name+".Exit(1)")
			}
		case failing:
			if len(n.Results) == 1 {
				return replace(n, "return "+failed.Name())
			}
		case coded:
			return replace(n, "return 1")
		}
	case *ast.CallExpr:
		if exits.CalleeName(n) == "Exit" && len(n.Args) == 1 {
			return replace(n, text(n.Fun)+"(1)")
		}
	}
	return analysis.SuggestedFix{}, false
}

// defers reports whether something may be deferred where a statement stands: an
// exit would skip it.
func (f *function) defers(stmt ast.Node) bool {
	found := false
	ast.Inspect(f.body, func(n ast.Node) bool {
		if d, ok := n.(*ast.DeferStmt); ok && d.Pos() < stmt.Pos() {
			found = true
		}
		_, literal := n.(*ast.FuncLit)
		return !found && !literal
	})
	return found
}

// osName returns what package os is called in the file of a node, if that is in
// sight there.
func (f *function) osName(n ast.Node) (string, bool) {
	for _, file := range f.pass.Files {
		if n.Pos() < file.FileStart || file.FileEnd < n.End() {
			continue
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil || imported != "os" {
				continue
			}
			name := path.Base(imported)
			if spec.Name != nil {
				name = spec.Name.Name
			}
			scope := f.pass.Pkg.Scope().Innermost(n.Pos())
			if scope == nil {
				return "", false
			}
			_, obj := scope.LookupParent(name, n.Pos())
			pkg, ok := obj.(*types.PkgName)
			return name, ok && pkg.Imported().Path() == "os"
		}
	}
	return "", false
}
