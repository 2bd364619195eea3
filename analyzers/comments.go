package analyzers

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
)

// artifacts returns the unit's checked files, those with comments for opslint
// as artifacts and all by name.
func (c *converter) artifacts() ([]*document.Artifact, []string) {
	var artifacts []*document.Artifact
	var names []string
	for _, syntax := range c.unit.files {
		file, fset := c.files.get(c.fset.File(syntax.FileStart).Name()), c.fset
		if file == nil { // cgo has rewritten it
			file = c.files.get(c.fset.Position(syntax.Name.Pos()).Filename)
			fset, syntax = token.NewFileSet(), nil
		}
		if file == nil || strings.HasSuffix(file.Path, "_test.go") || !c.shown(file.Path) {
			continue
		}
		names = append(names, file.Path)
		if a := artifactOf(fset, syntax, file); a != nil {
			artifacts = append(artifacts, a)
		}
	}
	return artifacts, names
}

// artifactOf returns a file with its comments for opslint, nil if it has none.
// The syntax is nil if it has yet to be made.
func artifactOf(fset *token.FileSet, syntax *ast.File, file *source.File) *document.Artifact {
	if !bytes.Contains(file.Content, []byte("opslint:")) {
		return nil
	}
	if syntax == nil {
		var err error
		if syntax, err = parser.ParseFile(fset, file.Path, file.Content, parser.ParseComments|parser.SkipObjectResolution); err != nil {
			return nil // it has been compiled, so it has changed meanwhile
		}
	}
	comments := opslintComments(fset, syntax, file)
	if len(comments) == 0 {
		return nil
	}
	return &document.Artifact{File: file, Comments: comments}
}

// opslintComments returns the comments of a file that speak to opslint. One
// indented further than by a space is an example in a doc comment.
func opslintComments(fset *token.FileSet, syntax *ast.File, file *source.File) []document.Comment {
	var comments []document.Comment
	offset := fset.File(syntax.FileStart).Offset
	for _, group := range syntax.Comments {
		for _, comment := range group.List {
			if !strings.HasPrefix(strings.TrimPrefix(comment.Text[2:], " "), "opslint:") {
				continue
			}
			at := source.Range{Start: offset(comment.Pos()), End: offset(comment.End())}
			comments = append(comments, document.Comment{
				Range: at,
				Text:  commentText(comment.Text),
				Scope: scopeOf(fset, syntax, file, comment, group),
				Head:  comment.Pos() < syntax.Package,
			})
		}
	}
	return comments
}

func commentText(text string) string {
	if rest, ok := strings.CutPrefix(text, "//"); ok {
		return strings.TrimSpace(rest)
	}
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(text, "/*"), "*/"))
}

// scopeOf returns what a directive in a comment governs: its line if code stands
// before it, else what begins below the group of comments that it is in, else,
// above the package clause, the file.
func scopeOf(fset *token.FileSet, syntax *ast.File, file *source.File, comment *ast.Comment, group *ast.CommentGroup) source.Range {
	tokens := fset.File(syntax.FileStart)
	start := tokens.Offset(comment.Pos())
	line := file.LineRange(file.Line(start))
	if strings.TrimSpace(file.Text(source.Range{Start: line.Start, End: start})) != "" {
		return line
	}
	if comment.Pos() < syntax.Package {
		return source.Range{Start: start, End: len(file.Content)}
	}
	node := nodeBelow(syntax, group.End())
	if node == nil {
		return source.Range{}
	}
	return source.Range{Start: tokens.Offset(node.Pos()), End: tokens.Offset(node.End())}
}

// nodeBelow returns the outermost declaration, statement, field, entry of a
// literal or argument that is the first to begin behind pos, inside the block
// that pos is in.
func nodeBelow(syntax *ast.File, pos token.Pos) ast.Node {
	var found ast.Node
	limit := syntax.FileEnd
	ast.Inspect(syntax, func(node ast.Node) bool {
		switch {
		case node == nil:
			return false
		case node.Pos() < pos && pos < node.End():
			limit = node.End() // the innermost one comes last
			found = nil
		case isPart(node) && node.Pos() >= pos && node.End() <= limit && (found == nil || node.Pos() < found.Pos()):
			found = node
		}
		return node.End() >= pos
	})
	return found
}

// isPart reports whether a node is what a directive above it may govern.
func isPart(node ast.Node) bool {
	switch node.(type) {
	case ast.Stmt, ast.Decl, ast.Spec, *ast.Field, ast.Expr:
		return true
	}
	return false
}
