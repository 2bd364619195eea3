package shutdown

import (
	"go/token"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/judge"
)

// lineWidth is how many columns a line of a file has that is known only by
// lines and columns.
const lineWidth = 1 << 14

// Span finds a site again: in the package that is analysed by its files, in
// another package of the module, or if cgo has rewritten the file, by the place
// of the directory. It is false if that place is not known.
func Span(pass *analysis.Pass, s Site) (judge.Span, bool) {
	if s.Line < 1 || s.EndLine < s.Line {
		return judge.Span{}, false
	}
	if s.Package == pass.Pkg.Path() {
		for _, syntax := range pass.Files {
			file := pass.Fset.File(syntax.FileStart)
			if path.Base(filepath.ToSlash(file.Name())) != s.File || s.EndLine > file.LineCount() {
				continue
			}
			return judge.Span{From: at(file, s.Line, s.Column), To: at(file, s.EndLine, s.EndCol)}, true
		}
	}
	dir, ok := directory(pass, s.Package)
	if !ok {
		return judge.Span{}, false
	}
	// The file is not at hand. A stand-in with its name yields the right line
	// and column, and those who print a position ask for nothing else.
	lines := make([]int, s.EndLine+1)
	for i := range lines {
		lines[i] = i * lineWidth
	}
	file := pass.Fset.AddFile(filepath.Join(dir, s.File), -1, len(lines)*lineWidth)
	file.SetLines(lines)
	return judge.Span{From: at(file, s.Line, s.Column), To: at(file, s.EndLine, s.EndCol)}, true
}

// Related relates a site to a finding; it is empty if the place is not known.
func Related(pass *analysis.Pass, s Site, message string) []analysis.RelatedInformation {
	span, ok := Span(pass, s)
	if !ok {
		return nil
	}
	return []analysis.RelatedInformation{{Pos: span.From, End: span.To, Message: message}}
}

// Place finds a site of a program; one in another module of a workspace stands
// for function main. What lies outside package main is related to it.
func (p *Program) Place(pass *analysis.Pass, s Site) (judge.Span, []analysis.RelatedInformation, bool) {
	if span, ok := Span(pass, s); ok {
		if s.Package == pass.Pkg.Path() {
			return span, nil, true
		}
		return span, Related(pass, p.Main(), "the program starts here"), true
	}
	span, ok := Span(pass, p.Main())
	return span, nil, ok
}

func at(file *token.File, line, column int) token.Pos {
	pos := file.LineStart(line) + token.Pos(max(column-1, 0))
	return min(pos, token.Pos(file.Base()+file.Size()))
}

// directory returns where the files of a package of the main module lie.
func directory(pass *analysis.Pass, pkgPath string) (string, bool) {
	module := ""
	if pass.Module != nil {
		module = pass.Module.Path
	}
	own, ok := relative(module, pass.Pkg.Path())
	if !ok {
		return "", false
	}
	other, ok := relative(module, pkgPath)
	if !ok {
		return "", false
	}
	dir := ""
	for _, file := range pass.Files {
		// Line directives lead from what cgo wrote to what the author did.
		name := pass.Fset.Position(file.Name.Pos()).Filename
		if strings.HasSuffix(name, ".go") && filepath.Base(name) != "_cgo_gotypes.go" {
			dir = filepath.ToSlash(filepath.Dir(name))
			break
		}
	}
	if own == "" {
		return path.Join(dir, other), true
	}
	root, ok := strings.CutSuffix(dir, "/"+own)
	return path.Join(root, other), ok
}

// relative strips a module's path from a package's.
func relative(module, pkgPath string) (string, bool) {
	if module == "" || module == pkgPath {
		return strings.TrimPrefix(pkgPath, module), true
	}
	return strings.CutPrefix(pkgPath, module+"/")
}
