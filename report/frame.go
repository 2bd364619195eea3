package report

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/opslint/opslint/internal/source"
)

const (
	frameWidth = 110 // columns of code, the gutter not counted
	frameLead  = 30  // columns shown before the mark where a line is cut
	frameLines = 5   // lines shown of a range; longer ones lose their middle
	tabStop    = 4
)

// A frame is the code of a location with the exact range underlined.
type frame struct {
	gutter int // columns of the line numbers
	rows   []frameRow
}

// A frameRow is one line of code; line 0 stands for lines left out.
type frameRow struct {
	line   int
	code   string
	indent int // columns before the mark
	mark   int // columns of the mark, at least one
}

// newFrame returns the frame of a location. It accepts any range, one outside
// the file too.
func newFrame(l source.Location, s secrets) frame {
	first, last := lines(l)
	fr := frame{gutter: len(strconv.Itoa(last))}
	for line := first; line <= last; line++ {
		if count := last - first + 1; count > frameLines && line == first+frameLines-2 {
			fr.rows = append(fr.rows, frameRow{})
			line = last
		}
		if row, ok := newRow(l, line, s); ok {
			fr.rows = append(fr.rows, row)
		}
	}
	return fr
}

// newRow lays out one line; ok is false for a blank line inside a longer range,
// which has nothing to underline.
func newRow(l source.Location, line int, s secrets) (row frameRow, ok bool) {
	text := l.File.LineRange(line)
	if shown, secret := s.before(l.File, line); secret {
		code, _, _ := layOut(l.File, shown, source.Range{Start: shown.End, End: shown.End})
		return frameRow{line, code + mask, columnsOf(code), columnsOf(mask)}, true
	}
	mark := source.Range{
		Start: min(max(l.Range.Start, text.Start), text.End),
		End:   min(max(l.Range.End, text.Start), text.End),
	}
	if l.Range.End > text.End || l.Range.Start < text.Start { // several lines: no blanks at the edges
		mark = trim(l.File, mark)
		if mark.Empty() && !l.Range.Empty() && l.Range.Start < text.Start {
			return frameRow{}, false
		}
	}
	code, indent, columns := layOut(l.File, text, mark)
	return frameRow{line, code, indent, max(columns, 1)}, true
}

// trim takes the blanks off both ends of a range.
func trim(f *source.File, r source.Range) source.Range {
	if r.Empty() {
		return r
	}
	b := f.Content[r.Start:r.End]
	end := r.Start + len(bytes.TrimRight(b, " \t"))
	return source.Range{Start: min(r.Start+indentation(b), end), End: end}
}

// A cell is one rune as it is shown.
type cell struct {
	text    string
	columns int
	offset  int // of its first byte in the file
}

// layOut makes a line visible, cut around the mark if it is long, and returns
// where the mark stands in it.
func layOut(f *source.File, text, mark source.Range) (code string, indent, columns int) {
	// A line may be megabytes long: only the bytes that can matter are laid out.
	const most = frameWidth * 2 * utf8.UTFMax
	window := source.Range{Start: text.Start, End: min(text.End, mark.Start+most)}
	if mark.Start-text.Start > most {
		window.Start = runeStart(f, mark.Start-most, text.Start)
	}
	cells := cellsOf(f, window)
	from, to, width := 0, 0, 0 // columns of the mark and of all
	for _, c := range cells {
		if c.offset < mark.Start {
			from += c.columns
		}
		if c.offset < mark.End {
			to += c.columns
		}
		width += c.columns
	}
	to = max(to, from)
	if width <= frameWidth && window == text {
		return join(cells), from, to - from
	}
	return cut(cells, from, to, width, window.Start > text.Start, window.End < text.End)
}

// cut returns the part of the cells around the columns [from, to).
func cut(cells []cell, from, to, width int, before, after bool) (code string, indent, columns int) {
	left := 0
	if to > frameWidth || before {
		left = max(from-frameLead, 0)
	}
	if room := width - left; !after && room < frameWidth { // use what the end of the line leaves free
		left = max(width-frameWidth, 0)
	}
	right := left + frameWidth
	at, first, last := 0, -1, len(cells)
	for i, c := range cells {
		if at >= left && first < 0 {
			first, left = i, at
		}
		if at+c.columns > right {
			last = i
			break
		}
		at += c.columns
	}
	first = max(first, 0)
	code, indent = join(cells[first:last]), from-left
	columns = max(min(to, at)-from, 0)
	if first > 0 || before {
		code, indent = "…"+code, indent+1
	}
	if last < len(cells) || after {
		code += "…"
	}
	return code, indent, columns
}

func join(cells []cell) string {
	var b strings.Builder
	for _, c := range cells {
		b.WriteString(c.text)
	}
	return b.String()
}

// cellsOf makes a part of a line visible, tabs as blanks.
func cellsOf(f *source.File, r source.Range) []cell {
	cells := make([]cell, 0, r.End-r.Start)
	at := 0
	for i := r.Start; i < r.End; {
		c, size := utf8.DecodeRune(f.Content[i:r.End])
		next := cell{offset: i}
		if c == '\t' {
			next.columns = tabStop - at%tabStop
			next.text = strings.Repeat(" ", next.columns)
		} else {
			next.text = visibleRune(c)
			next.columns = columnsOf(next.text)
		}
		cells = append(cells, next)
		at += next.columns
		i += size
	}
	return cells
}

// runeStart moves an offset back to the start of its rune, not beyond least.
func runeStart(f *source.File, offset, least int) int {
	for n := 0; n < utf8.UTFMax && offset > least && !utf8.RuneStart(f.Content[offset]); n++ {
		offset--
	}
	return offset
}
