// Package source holds the bytes of the checked files and the one way to
// count in them: byte offsets everywhere, lines and columns only at the edge.
//
// Start with [File] and [Range].
package source

import (
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
)

// A Range is the half-open interval [Start, End) of byte offsets in a file.
type Range struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Contains reports whether r includes all of s.
func (r Range) Contains(s Range) bool { return r.Start <= s.Start && s.End <= r.End }

// Empty reports whether r spans no byte.
func (r Range) Empty() bool { return r.End <= r.Start }

// A Position is a line and a column, both counted from 1. The column counts
// UTF-16 code units, as SARIF (columnKind utf16CodeUnits), the language server
// protocol and editors do.
type Position struct {
	Line, Column int
}

// A File is the content of one checked file. It must not be changed once
// anything else refers to it. All methods are safe for concurrent use.
type File struct {
	// Path is slash-separated and relative to the root of the workspace.
	Path string
	// Content is what was read, byte order mark and line endings included.
	Content []byte

	once  sync.Once
	lines []int // offset of the first byte of each line
}

// NewFile returns a File for content under the given workspace path.
func NewFile(path string, content []byte) *File {
	return &File{Path: path, Content: content}
}

func (f *File) index() []int {
	f.once.Do(func() {
		f.lines = append(f.lines, 0)
		for i := 0; i < len(f.Content); i++ {
			switch f.Content[i] {
			case '\n':
				f.lines = append(f.lines, i+1)
			case '\r': // a lone CR ends a line, CRLF is ended by its LF
				if i+1 >= len(f.Content) || f.Content[i+1] != '\n' {
					f.lines = append(f.lines, i+1)
				}
			}
		}
	})
	return f.lines
}

// Position converts a byte offset. Offsets outside the file are clamped to it.
func (f *File) Position(offset int) Position {
	offset = min(max(offset, 0), len(f.Content))
	lines := f.index()
	line := sort.Search(len(lines), func(i int) bool { return lines[i] > offset }) - 1
	start := lines[line]
	if line == 0 {
		start += f.markLength()
	}
	if offset < start {
		return Position{Line: line + 1, Column: 1}
	}
	return Position{Line: line + 1, Column: 1 + utf16Length(f.Content[start:offset])}
}

// Line returns the number of the line that offset lies in, counted from 1.
func (f *File) Line(offset int) int {
	offset = min(max(offset, 0), len(f.Content))
	lines := f.index()
	return sort.Search(len(lines), func(i int) bool { return lines[i] > offset })
}

// Lines returns how many lines the file has. A file that ends in a newline has
// an empty last line.
func (f *File) Lines() int { return len(f.index()) }

// LineRange returns the range of a line, counted from 1, without its line
// ending and without a byte order mark. A line beyond the file is empty.
func (f *File) LineRange(line int) Range {
	lines := f.index()
	if line < 1 || line > len(lines) {
		return Range{Start: len(f.Content), End: len(f.Content)}
	}
	start, end := lines[line-1], len(f.Content)
	if line < len(lines) {
		end = lines[line]
	}
	for end > start && (f.Content[end-1] == '\n' || f.Content[end-1] == '\r') {
		end--
	}
	if line == 1 {
		start = min(start+f.markLength(), end)
	}
	return Range{Start: start, End: end}
}

// LineText returns the text of a line, counted from 1, without its line ending.
func (f *File) LineText(line int) string { return f.Text(f.LineRange(line)) }

// Text returns the bytes of r as they stand in the file. A range that leaves
// the file is cut to it.
func (f *File) Text(r Range) string {
	start := min(max(r.Start, 0), len(f.Content))
	end := min(max(r.End, start), len(f.Content))
	return string(f.Content[start:end])
}

// Offset converts a position (line and UTF-16 column, counted from 1) to a byte
// offset. A column beyond the line yields the line's end.
func (f *File) Offset(p Position) int {
	r := f.LineRange(p.Line)
	units := p.Column - 1
	for i := r.Start; i < r.End; {
		if units <= 0 {
			return i
		}
		c, size := utf8.DecodeRune(f.Content[i:r.End])
		units -= utf16Units(c)
		i += size
	}
	return r.End
}

const byteOrderMark = "\ufeff"

func (f *File) markLength() int {
	if strings.HasPrefix(string(f.Content[:min(3, len(f.Content))]), byteOrderMark) {
		return len(byteOrderMark)
	}
	return 0
}

func utf16Length(b []byte) int {
	n := 0
	for len(b) > 0 {
		c, size := utf8.DecodeRune(b)
		n += utf16Units(c)
		b = b[size:]
	}
	return n
}

func utf16Units(c rune) int {
	if c > 0xffff {
		return 2
	}
	return 1
}

// A Location is a range in a file.
type Location struct {
	File  *File
	Range Range
}

// Start returns the position of the first byte.
func (l Location) Start() Position { return l.File.Position(l.Range.Start) }

// End returns the position behind the last byte.
func (l Location) End() Position { return l.File.Position(l.Range.End) }

// Compare orders locations by path, start and end.
func (l Location) Compare(m Location) int {
	if c := strings.Compare(l.Path(), m.Path()); c != 0 {
		return c
	}
	if l.Range.Start != m.Range.Start {
		return l.Range.Start - m.Range.Start
	}
	return l.Range.End - m.Range.End
}

// Path returns the file's path, "" if the location is in no file.
func (l Location) Path() string {
	if l.File == nil {
		return ""
	}
	return l.File.Path
}
