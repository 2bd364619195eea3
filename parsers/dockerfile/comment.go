package dockerfile

import (
	"strings"
	"unicode"

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
