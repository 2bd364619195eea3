package policies

import (
	"strings"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
)

// within narrows a location to bytes of a scalar's text. The whole scalar
// stands if it is not written so that its bytes can be told apart: with escapes,
// or folded over lines.
func (r *reader) within(path document.Path, part source.Range, whole source.Location) source.Location {
	node := r.document.Lookup(path)
	if node == nil || !node.Leaf() || part.End > len(node.Text) || node.Range.Empty() {
		return whole
	}
	start, ok := written(whole.File.Text(node.Range), node.Text, part)
	if !ok {
		return whole
	}
	start += node.Range.Start
	return source.Location{File: whole.File, Range: source.Range{Start: start, End: start + part.End - part.Start}}
}

// written returns where a part of a scalar's text begins in the scalar as it is
// written.
func written(raw, text string, part source.Range) (int, bool) {
	upTo := text[:part.End]
	switch {
	case raw == text:
		return part.Start, true
	case raw == "":
		return 0, false
	case raw[0] == '"' || raw[0] == '\'':
		// Up to its end nothing may be written otherwise than it is meant.
		return 1 + part.Start, strings.HasPrefix(raw[1:], upTo) && !strings.ContainsAny(upTo, `\'"`)
	case raw[0] == '|' || strings.HasPrefix(raw, "<<"):
		return inBlock(raw, text, part)
	case raw[0] == '>':
		return 0, false
	}
	return part.Start, strings.HasPrefix(raw, upTo)
}

// inBlock does so for a block scalar and a heredoc: below the line that opens
// it, each line is the text's line with some indentation.
func inBlock(raw, text string, part source.Range) (int, bool) {
	if strings.Contains(text[part.Start:part.End], "\n") {
		return 0, false
	}
	row := strings.Count(text[:part.Start], "\n")
	column := part.Start - strings.LastIndexByte(text[:part.Start], '\n') - 1
	lines := strings.Split(text, "\n")
	at := strings.IndexByte(raw, '\n') + 1
	for i := 0; at > 0; i++ {
		line, _, more := strings.Cut(raw[at:], "\n")
		indent, ok := strings.CutSuffix(strings.TrimSuffix(line, "\r"), lines[i])
		switch {
		case !ok || strings.Trim(indent, " \t") != "":
			return 0, false
		case i == row:
			return at + len(indent) + column, true
		case !more:
			return 0, false
		}
		at += len(line) + 1
	}
	return 0, false
}
