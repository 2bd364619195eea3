package yamltree

import (
	"bytes"
	"unicode/utf8"
)

// lines converts the positions of the YAML library, lines and character
// columns counted from 1, to offsets in a text.
type lines struct {
	text   []byte
	starts []int
	ascii  bool
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
	at := l.starts[line-1]
	if l.ascii {
		return min(at+column-1, len(l.text))
	}
	for ; column > 1 && at < len(l.text); column-- {
		_, size := utf8.DecodeRune(l.text[at:])
		at += size
	}
	return at
}

// indent returns the number of bytes between an offset and the start of its
// line.
func (l *lines) indent(offset int) int {
	if i := bytes.LastIndexByte(l.text[:offset], '\n'); i >= 0 {
		return offset - i - 1
	}
	if i := bytes.LastIndexByte(l.text[:offset], '\r'); i >= 0 {
		return offset - i - 1
	}
	return offset
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
