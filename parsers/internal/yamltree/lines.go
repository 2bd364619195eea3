package yamltree

import (
	"sort"
	"unicode/utf8"
)

// lines converts the positions of the YAML library, lines and character
// columns counted from 1, to offsets in a text.
type lines struct {
	text   []byte
	starts []int
	ascii  bool
	// Where the last offset was found, so that a long line is walked once.
	line, column, at int
}

// newLines counts lines as the library does: it also breaks them at NEL, LS
// and PS.
func newLines(text []byte) lines {
	l := lines{text: text, starts: make([]int, 1, 64+len(text)/32), ascii: true}
	for i := 0; i < len(text); {
		if c := text[i]; c > '\r' && c < utf8.RuneSelf {
			i++
			continue
		}
		if text[i] >= utf8.RuneSelf {
			l.ascii = false
		}
		if n := breakAt(text[i:]); n > 0 {
			i += n
			l.starts = append(l.starts, i)
			continue
		}
		i++
	}
	return l
}

// offset returns the byte offset of a position, cut to the text.
func (l *lines) offset(line, column int) int {
	if line < 1 || line > len(l.starts) {
		return len(l.text)
	}
	if l.ascii {
		return min(l.starts[line-1]+column-1, len(l.text))
	}
	if line != l.line || column < l.column {
		l.line, l.column, l.at = line, 1, l.starts[line-1]
	}
	for ; l.column < column && l.at < len(l.text); l.column++ {
		_, size := utf8.DecodeRune(l.text[l.at:])
		l.at += size
	}
	return l.at
}

// indent returns the number of bytes between an offset and the start of its
// line.
func (l *lines) indent(offset int) int {
	return offset - l.starts[max(0, sort.SearchInts(l.starts, offset+1)-1)]
}

// breakAt returns the length of the line break that text begins with, 0 if it
// begins with none.
func breakAt(text []byte) int {
	switch text[0] {
	case '\n':
		return 1
	case '\r':
		if len(text) > 1 && text[1] == '\n' {
			return 2
		}
		return 1
	case 0xc2: // NEL
		if len(text) > 1 && text[1] == 0x85 {
			return 2
		}
	case 0xe2: // LS, PS
		if len(text) > 2 && text[1] == 0x80 && (text[2] == 0xa8 || text[2] == 0xa9) {
			return 3
		}
	}
	return 0
}
