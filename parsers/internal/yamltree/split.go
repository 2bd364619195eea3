package yamltree

import (
	"bytes"
	"fmt"

	"github.com/opslint/opslint/internal/source"
)

// A Chunk is one document of a YAML stream, unparsed.
type Chunk struct {
	File *source.File
	// Range begins at the line of the document marker, if there is one, and
	// ends before the next.
	Range source.Range
}

// Split cuts a file at its document markers. Documents without content and
// directive lines (%YAML) are dropped. A marker ends even a block scalar, as
// YAML has it.
func Split(f *source.File) ([]Chunk, []Problem) {
	s := splitter{file: f, start: bytesOfMark(f.Content)}
	for at := s.start; at < len(f.Content); {
		next := lineEnd(f.Content, at)
		s.line(at, f.Content[at:next])
		at = next
	}
	s.cut(len(f.Content))
	if len(s.chunks) > MaxDocuments {
		r := s.chunks[MaxDocuments].Range
		return s.chunks[:MaxDocuments], []Problem{{
			Range:   source.Range{Start: r.Start, End: r.Start},
			Message: fmt.Sprintf("only the first %d documents of the file are read", MaxDocuments),
			Lost:    true,
		}}
	}
	return s.chunks, nil
}

type splitter struct {
	file    *source.File
	start   int  // of the chunk being gathered
	content bool // it holds more than comments and blank lines
	chunks  []Chunk
}

func (s *splitter) line(at int, line []byte) {
	switch {
	case marker(line, "---"):
		s.cut(at)
		rest := bytes.TrimLeft(line[len("---"):], " \t")
		s.content = len(bytes.TrimSpace(rest)) > 0 && rest[0] != '#'
	case marker(line, "..."):
		s.cut(at)
		s.start = at + len(line)
	case line[0] == '%' && !s.content:
		s.start = at + len(line)
	case !s.content:
		text := bytes.TrimSpace(line)
		s.content = len(text) > 0 && text[0] != '#'
	}
}

func (s *splitter) cut(at int) {
	if s.content {
		s.chunks = append(s.chunks, Chunk{File: s.file, Range: source.Range{Start: s.start, End: at}})
	}
	s.start, s.content = at, false
}

// marker reports whether a line is a document marker: at its first column, with
// nothing or white space behind it.
func marker(line []byte, mark string) bool {
	if !bytes.HasPrefix(line, []byte(mark)) {
		return false
	}
	if len(line) == len(mark) {
		return true
	}
	switch line[len(mark)] {
	case ' ', '\t', '\r', '\n':
		return true
	}
	return false
}

// lineEnd returns the offset behind the line ending of the line at an offset.
// It knows LF, CRLF and a lone CR.
func lineEnd(content []byte, at int) int {
	i := bytes.IndexAny(content[at:], "\r\n")
	switch {
	case i < 0:
		return len(content)
	case content[at+i] == '\r' && at+i+1 < len(content) && content[at+i+1] == '\n':
		return at + i + 2
	}
	return at + i + 1
}

func bytesOfMark(content []byte) int {
	if bytes.HasPrefix(content, []byte("\ufeff")) {
		return len("\ufeff")
	}
	return 0
}
