package policies

import (
	"strings"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
)

// within narrows a location to bytes of a scalar's text. The whole scalar
// stands if it is not written so that its bytes can be told apart: with escapes,
// or folded over lines.
func (r *reader) within(path document.Path, offset source.Range, whole source.Location) source.Location {
	node := r.document.Lookup(path)
	if node == nil || !node.Leaf() || offset.End > len(node.Text) || node.Range.Empty() {
		return whole
	}
	raw := whole.File.Text(node.Range)
	start, ok := written(raw, node.Text, offset)
	if !ok {
		return whole
	}
	start += node.Range.Start
	return source.Location{File: whole.File, Range: source.Range{Start: start, End: start + offset.End - offset.Start}}
}

// written returns where a part of a scalar's text begins in the scalar as it is
// written.
func written(raw, text string, part source.Range) (int, bool) {
	wanted := text[part.Start:part.End]
	switch {
	case strings.HasPrefix(raw, text[:part.End]):
		return part.Start, true
	case len(raw) > 0 && (raw[0] == '"' || raw[0] == '\''):
		// Up to its end nothing may be written otherwise than it is meant.
		upTo := text[:part.End]
		if !strings.ContainsAny(upTo, `\'"$%`) && strings.HasPrefix(raw[1:], upTo) {
			return 1 + part.Start, true
		}
		return 0, false
	}
	// A block scalar or a heredoc: below the line that opens it, each line is
	// the text's line with some indentation.
	line := strings.Count(text[:part.Start], "\n")
	column := part.Start - strings.LastIndex(text[:part.Start], "\n") - 1
	if strings.Contains(wanted, "\n") {
		return 0, false
	}
	at := 0
	lines := strings.Split(text, "\n")
	for i := -1; i <= line; i++ {
		length := strings.IndexByte(raw[at:], '\n')
		if length < 0 {
			length = len(raw) - at
		}
		if i >= 0 {
			row := strings.TrimSuffix(raw[at:at+length], "\r")
			indent, ok := strings.CutSuffix(row, lines[i])
			if !ok || strings.Trim(indent, " \t") != "" {
				return 0, false
			}
			if i == line {
				return at + len(indent) + column, true
			}
		}
		if at += length + 1; at > len(raw) {
			return 0, false
		}
	}
	return 0, false
}
