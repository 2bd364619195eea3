package edit

import (
	"go/ast"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Importing returns the edit, if one is needed, by which a file imports a package
// of the standard library: a line of its own in the list of imports, in order. It
// is false if the imports are not written as such a list.
func Importing(file *ast.File, path string) ([]analysis.TextEdit, bool) {
	var before *ast.ImportSpec
	for _, spec := range file.Imports {
		imported := strings.Trim(spec.Path.Value, `"`)
		if imported == path {
			return nil, spec.Name == nil
		}
		if spec.Name == nil && imported < path && !strings.Contains(imported, ".") && (before == nil || before.Path.Value < spec.Path.Value) {
			before = spec
		}
	}
	if before == nil || before.Comment != nil {
		return nil, false
	}
	for _, decl := range file.Decls {
		if list, ok := decl.(*ast.GenDecl); ok && list.Pos() <= before.Pos() && before.End() <= list.End() && list.Lparen.IsValid() {
			return []analysis.TextEdit{{Pos: before.End(), End: before.End(), NewText: []byte("\n\t\"" + path + "\"")}}, true
		}
	}
	return nil, false
}
