package dockerfile

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/opslint/opslint/internal/source"
)

// A text is a stretch of a file after continuations and comments were taken
// out of it, with the place of every byte.
type text struct {
	s  string
	at []int // offset in the file of each byte of s
}

// contiguous returns the text of a range of a file that needs no joining.
func contiguous(content []byte, r source.Range) text {
	t := text{s: string(content[r.Start:r.End]), at: make([]int, r.End-r.Start)}
	for i := range t.at {
		t.at[i] = r.Start + i
	}
	return t
}

func (t text) len() int { return len(t.s) }

func (t text) slice(from, to int) text { return text{s: t.s[from:to], at: t.at[from:to]} }

// span is the range in the file from byte from up to byte to. It is empty if no
// byte lies between.
func (t text) span(from, to int) source.Range {
	from, to = max(from, 0), min(to, len(t.at))
	if from >= to {
		return source.Range{}
	}
	return source.Range{Start: t.at[from], End: t.at[to-1] + 1}
}

func (t text) place() source.Range { return t.span(0, len(t.s)) }

func (t text) trimLeft() text {
	return t.slice(len(t.s)-len(strings.TrimLeftFunc(t.s, unicode.IsSpace)), len(t.s))
}

func (t text) trim() text {
	t = t.trimLeft()
	return t.slice(0, len(strings.TrimRightFunc(t.s, unicode.IsSpace)))
}

// isBlank holds for the characters that separate the words of most
// instructions; a no-break space is none of them.
func isBlank(b byte) bool {
	return b == ' ' || b == '\t' || b == '\v' || b == '\f' || b == '\r'
}

// cut splits t at its first run of blanks.
func (t text) cut() (head, tail text) {
	i := 0
	for i < len(t.s) && !isBlank(t.s[i]) {
		i++
	}
	head = t.slice(0, i)
	for i < len(t.s) && isBlank(t.s[i]) {
		i++
	}
	return head, t.slice(i, len(t.s))
}

// fields splits t at runs of blanks, without regard to quotes.
func (t text) fields() []text {
	var fields []text
	for rest := t; rest.len() > 0; {
		var head text
		head, rest = rest.cut()
		fields = append(fields, head)
	}
	return fields
}

// words splits t at white space outside quotes. The words keep their quotes and
// escapes.
func (t text) words(escape rune) []text {
	var words []text
	for i := 0; i < len(t.s); {
		c, size := utf8.DecodeRuneInString(t.s[i:])
		if unicode.IsSpace(c) {
			i += size
			continue
		}
		end := t.wordEnd(i, escape)
		word := t.slice(i, end)
		if end == len(t.s) && danglingEscape(word.s, escape) {
			word = word.slice(0, word.len()-1)
		}
		if word.len() > 0 {
			words = append(words, word)
		}
		i = end
	}
	return words
}

func (t text) wordEnd(i int, escape rune) int {
	quote := rune(0)
	for i < len(t.s) {
		c, size := utf8.DecodeRuneInString(t.s[i:])
		switch {
		case c == escape && quote != '\'':
			i += size
			_, size = utf8.DecodeRuneInString(t.s[i:])
		case quote == 0 && unicode.IsSpace(c):
			return i
		case quote == 0 && (c == '\'' || c == '"'):
			quote = c
		case c == quote:
			quote = 0
		}
		i += size
	}
	return len(t.s)
}

// danglingEscape reports whether the word ends in an escape character that
// escapes nothing.
func danglingEscape(word string, escape rune) bool {
	trimmed := strings.TrimRight(word, string(escape))
	return (len(word)-len(trimmed))%2 == 1
}

// A lineReader joins the lines of a Dockerfile to instructions.
type lineReader struct {
	content []byte
	starts  []int // offset of each line's first byte; only LF ends a line
	escape  byte
}

func newLineReader(content []byte, escape rune) *lineReader {
	r := &lineReader{content: content, escape: byte(escape), starts: []int{0}}
	for i, b := range content {
		if b == '\n' && i+1 < len(content) {
			r.starts = append(r.starts, i+1)
		}
	}
	if strings.HasPrefix(string(content[:min(3, len(content))]), "\ufeff") {
		r.starts[0] = 3
	}
	return r
}

// line returns the range of a line, counted from 1, without its ending.
func (r *lineReader) line(n int) source.Range {
	l := r.whole(n)
	for l.End > l.Start && (r.content[l.End-1] == '\n' || r.content[l.End-1] == '\r') {
		l.End--
	}
	return l
}

// whole returns the range of a line, counted from 1, with its ending.
func (r *lineReader) whole(n int) source.Range {
	if n > len(r.starts) {
		return source.Range{Start: len(r.content), End: len(r.content)}
	}
	end := len(r.content)
	if n < len(r.starts) {
		end = r.starts[n]
	}
	return source.Range{Start: r.starts[n-1], End: end}
}

// join returns the instruction that starts in a line, and the line behind it.
func (r *lineReader) join(first int) (t text, next int) {
	var joined strings.Builder
	defer func() { t.s = joined.String() }()
	n := first
	for ; n <= len(r.starts); n++ {
		l := r.line(n)
		written := string(r.content[l.Start:l.End])
		bare := strings.TrimLeftFunc(written, unicode.IsSpace)
		if n > first && (bare == "" || bare[0] == '#') {
			continue
		}
		if n == first {
			l.Start += len(written) - len(bare)
			written = bare
		}
		kept, more := r.continues(written)
		for i := range len(kept) {
			t.at = append(t.at, l.Start+i)
		}
		joined.WriteString(kept)
		if !more {
			return t, n + 1
		}
	}
	return t, n
}

// continues returns the line without its continuation character, and whether it
// had one.
func (r *lineReader) continues(line string) (string, bool) {
	kept := strings.TrimRight(line, " \t")
	if kept == "" || kept[len(kept)-1] != r.escape {
		return line, false
	}
	kept = kept[:len(kept)-1]
	if kept != "" && kept[len(kept)-1] == r.escape {
		return line, false
	}
	return kept, true
}
