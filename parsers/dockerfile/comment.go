package dockerfile

import (
	"slices"
	"strings"
	"unicode"

	"mvdan.cc/sh/v3/syntax"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
)

// directiveMark is what a comment must mention to be kept.
const directiveMark = "opslint:"

// readComments finds the comments with directives. A comment above an
// instruction governs the instruction; one between the lines of an instruction
// governs the next line of it. In heredocs # is no comment.
func readComments(f *source.File, lines *lineReader, instructions []*instruction) []document.Comment {
	if !strings.Contains(string(f.Content), directiveMark) {
		return nil
	}
	var comments []document.Comment
	next := 0
	for n := 1; n <= len(lines.starts); n++ {
		l := lines.line(n)
		for next < len(instructions) && instructions[next].place.End <= l.Start {
			next++
		}
		written := string(lines.content[l.Start:l.End])
		bare := strings.TrimLeftFunc(written, unicode.IsSpace)
		if !strings.HasPrefix(bare, "#") || !strings.Contains(bare, directiveMark) {
			continue
		}
		c := document.Comment{
			Range: source.Range{Start: l.Start + len(written) - len(bare), End: l.End},
			Text:  strings.TrimSpace(strings.TrimLeft(bare, "#")),
			Head:  len(instructions) == 0 || l.Start < instructions[0].place.Start,
		}
		if next < len(instructions) {
			i := instructions[next]
			switch {
			case i.place.Start >= l.End:
				c.Scope = i.place
			case i.inHeredoc(l.Start):
				continue
			default:
				c.Scope = lines.nextCode(n+1, i.place.End)
			}
		}
		comments = append(comments, c)
	}
	return comments
}

func (i *instruction) inHeredoc(offset int) bool {
	if i.onbuild != nil {
		return i.onbuild.inHeredoc(offset)
	}
	for _, h := range i.heredocs {
		if place := h.content.place(); place.Start <= offset && offset < place.End {
			return true
		}
	}
	return false
}

// nextCode returns the first line from n on, and before end, that is neither
// blank nor a comment.
func (r *lineReader) nextCode(n, end int) source.Range {
	for ; n <= len(r.starts); n++ {
		l := r.line(n)
		bare := strings.TrimSpace(string(r.content[l.Start:l.End]))
		if l.Start >= end {
			break
		}
		if bare != "" && bare[0] != '#' {
			return l
		}
	}
	return source.Range{}
}

// scriptArtifact returns a script for the directives in its comments. A comment
// on a line of its own governs the next line that is none.
func scriptArtifact(f *source.File) *document.Artifact {
	a := &document.Artifact{File: f}
	content := string(f.Content)
	if !strings.Contains(content, directiveMark) || tooDeep(content) {
		return a
	}
	program, err := syntax.NewParser(syntax.Variant(syntax.LangBash), syntax.KeepComments(true)).Parse(strings.NewReader(content), "")
	if err != nil {
		return a
	}
	lines := newLineReader(f.Content, '\\')
	syntax.Walk(program, func(n syntax.Node) bool {
		c, ok := n.(*syntax.Comment)
		if !ok || !strings.Contains(c.Text, directiveMark) {
			return true
		}
		r := source.Range{Start: int(c.Pos().Offset()), End: int(c.End().Offset())}
		comment := document.Comment{Range: r, Text: strings.TrimSpace(strings.TrimLeft(c.Text, "#")), Head: len(program.Stmts) == 0 || c.Pos().Offset() < program.Stmts[0].Pos().Offset()}
		if line := lines.line(int(c.Pos().Line())); strings.TrimSpace(string(f.Content[line.Start:r.Start])) != "" {
			comment.Scope = source.Range{Start: r.End, End: line.End}
		} else {
			comment.Scope = lines.nextCode(int(c.Pos().Line())+1, len(f.Content))
		}
		a.Comments = append(a.Comments, comment)
		return true
	})
	slices.SortFunc(a.Comments, func(x, y document.Comment) int { return x.Range.Start - y.Range.Start })
	return a
}
