// Package edit makes suggested fixes that leave a file formatted and complete:
// whoever inserts a field into a literal need not care how its fields are
// aligned or whether a package is imported.
package edit

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/format"
	"go/token"
	"slices"
	"strconv"

	"golang.org/x/tools/go/analysis"
)

// An Insertion is text that is put at a place of a file.
type Insertion struct {
	Offset int
	Text   string
}

// Field returns a fix that adds a field to the literal of a struct that begins
// at pos in the package at hand, and imports what its value needs. It is false
// if there is no such literal or if its fields have no names.
func Field(pass *analysis.Pass, pos token.Pos, name, value, imported string) (analysis.SuggestedFix, bool) {
	for _, file := range pass.Files {
		if pos < file.FileStart || file.FileEnd < pos {
			continue
		}
		lit := literalAt(file, pos)
		content, err := pass.ReadFile(pass.Fset.File(file.FileStart).Name())
		if lit == nil || err != nil {
			return analysis.SuggestedFix{}, false
		}
		into, ok := fieldInto(pass.Fset, content, lit, name+": "+value)
		if !ok {
			return analysis.SuggestedFix{}, false
		}
		return fix(pass.Fset.File(file.FileStart), content, "set "+name+" to "+value, into, Import(pass.Fset, file, imported))
	}
	return analysis.SuggestedFix{}, false
}

func literalAt(file *ast.File, pos token.Pos) *ast.CompositeLit {
	var found *ast.CompositeLit
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.CompositeLit); ok && lit.Pos() == pos && found == nil {
			found = lit
		}
		return found == nil
	})
	return found
}

// fieldInto returns where a field is put into a literal: behind the last one.
func fieldInto(fset *token.FileSet, content []byte, lit *ast.CompositeLit, field string) (Insertion, bool) {
	offset := func(pos token.Pos) int { return fset.Position(pos).Offset }
	if len(lit.Elts) == 0 {
		return Insertion{offset(lit.Lbrace) + 1, field}, true
	}
	last, ok := lit.Elts[len(lit.Elts)-1].(*ast.KeyValueExpr)
	if !ok {
		return Insertion{}, false
	}
	end := offset(last.End())
	if fset.Position(last.End()).Line == fset.Position(lit.Rbrace).Line {
		return Insertion{end, ", " + field}, true
	}
	line := bytes.IndexByte(content[end:], '\n') // behind the comma and what is said of it
	if line < 0 {
		return Insertion{}, false
	}
	return Insertion{end + line + 1, field + ",\n"}, true
}

// Import returns what imports a package into a file; its Text is empty if the
// file imports it already.
func Import(fset *token.FileSet, file *ast.File, path string) Insertion {
	quoted := strconv.Quote(path)
	for _, spec := range file.Imports {
		if spec.Path.Value == quoted && spec.Name == nil {
			return Insertion{}
		}
	}
	for _, decl := range file.Decls {
		imports, ok := decl.(*ast.GenDecl)
		if !ok || imports.Tok != token.IMPORT {
			continue
		}
		if !imports.Lparen.IsValid() {
			return Insertion{fset.Position(imports.Pos()).Offset, "import " + quoted + "\n"}
		}
		return Insertion{fset.Position(imports.Lparen).Offset + 1, "\n" + quoted}
	}
	return Insertion{fset.Position(file.Name.End()).Offset, "\n\nimport " + quoted}
}

// fix makes one edit per insertion: the lines that differ once the file with the
// insertion is formatted.
func fix(file *token.File, content []byte, message string, insertions ...Insertion) (analysis.SuggestedFix, bool) {
	suggested := analysis.SuggestedFix{Message: message}
	for _, insertion := range insertions {
		if insertion.Text == "" {
			continue
		}
		changed, err := format.Source(slices.Concat(content[:insertion.Offset], []byte(insertion.Text), content[insertion.Offset:]))
		if err != nil {
			return analysis.SuggestedFix{}, false
		}
		from, to, text := difference(content, changed)
		suggested.TextEdits = append(suggested.TextEdits, analysis.TextEdit{Pos: file.Pos(from), End: file.Pos(to), NewText: text})
	}
	slices.SortFunc(suggested.TextEdits, func(a, b analysis.TextEdit) int { return cmp.Compare(a.Pos, b.Pos) })
	for i := 1; i < len(suggested.TextEdits); i++ {
		if suggested.TextEdits[i].Pos < suggested.TextEdits[i-1].End {
			return analysis.SuggestedFix{}, false // the file was not formatted
		}
	}
	return suggested, len(suggested.TextEdits) > 0
}

// difference returns the whole lines of a text that another one has not, and
// what that has in their place.
func difference(old, changed []byte) (from, to int, text []byte) {
	for from < min(len(old), len(changed)) && old[from] == changed[from] {
		from++
	}
	from = bytes.LastIndexByte(old[:from], '\n') + 1
	end := 0
	for end < min(len(old), len(changed))-from && old[len(old)-1-end] == changed[len(changed)-1-end] {
		end++
	}
	// Whole lines: the common end begins behind a line break.
	tail := old[len(old)-end:]
	if i := bytes.IndexByte(tail, '\n'); i >= 0 && end < len(old)-from {
		end -= i + 1
	}
	return from, len(old) - end, changed[from : len(changed)-end]
}
