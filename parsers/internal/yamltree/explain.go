package yamltree

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/opslint/opslint/internal/source"
)

// invalid returns the offset of the first byte that YAML does not allow, -1 if
// there is none.
func invalid(text []byte) int {
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7f {
				return i
			}
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 || 0x80 <= r && r < 0xa0 && r != 0x85 || r == 0xfffe || r == 0xffff {
			return i
		}
		i += size
	}
	return -1
}

// unreadableByte explains what invalid found in the chunk's text.
func (c *Chunk) unreadableByte(at int) Problem {
	r, size := utf8.DecodeRune(c.text()[at:])
	p := Problem{Range: c.at(at, at+size), Lost: true, Message: "not UTF-8 text: save the file as UTF-8"}
	if r != utf8.RuneError || size > 1 {
		p.Message = fmt.Sprintf("YAML does not allow the character %U: write it as an escape in double quotes", r)
	}
	return p
}

func (c *Chunk) at(start, end int) source.Range {
	return source.Range{Start: c.Range.Start + start, End: c.Range.Start + end}
}

var libraryError = regexp.MustCompile(`(?s)^yaml: (?:line (\d+): )?(.*)$`)

// explain turns an error of the library into a problem with its exact place.
//
// The library tells a line only: for its scanner's errors that of the token, for
// its parser's errors the line before the enclosing collection, and none for the
// first line. Read again behind an empty line, every error has one.
func (c *Chunk) explain(err error) Problem {
	text := c.text()
	if _, again := decode(append([]byte("\n"), text...)); again != nil {
		err = again
	}
	m := libraryError.FindStringSubmatch(err.Error())
	if m == nil {
		m = []string{"", "", err.Error()}
	}
	line, _ := strconv.Atoi(m[1])
	d := diagnosis{text: text, lines: newLines(text), line: line - 1, problem: m[2]}
	start, end := d.run()
	return Problem{Range: c.at(start, end), Message: d.message, Lost: true}
}

// A diagnosis finds the place and the words for an error of the library.
type diagnosis struct {
	text    []byte
	lines   lines
	line    int    // from 1, as the scanner counts
	problem string // in the library's words
	message string // in ours
}

// run returns the place of the error.
func (d *diagnosis) run() (start, end int) {
	switch p := d.problem; {
	case strings.HasPrefix(p, "exceeded max depth"), brackets(d.text) > MaxDepth:
		d.message = fmt.Sprintf("nested more than %d levels deep", MaxDepth)
		if i := bytes.IndexAny(d.text, "[{"); i >= 0 {
			return i, i + 1
		}
	case p == "found character that cannot start any token":
		return d.badStart()
	case strings.HasPrefix(p, "found a tab character"):
		return d.tab()
	case p == "mapping values are not allowed in this context":
		d.message = `a mapping cannot begin here: check the indentation, or quote the value that holds ": "`
		return d.colon()
	case p == "block sequence entries are not allowed in this context":
		d.message = "a list cannot begin here: begin it on its own line"
	case p == "could not find expected ':'":
		d.message = "a colon is missing: this line is neither a key nor part of the value above"
	case p == "found unexpected end of stream", p == "found unexpected document indicator":
		d.message = "this quote is never closed"
		return d.last(d.line, `"'`)
	case p == "found unknown escape character":
		d.message = `unknown escape in double quotes: write \\ for a backslash, or use single quotes`
		return d.last(d.line, `"`)
	case strings.HasPrefix(p, "did not find expected ',' or"):
		d.message = "a closing bracket or a comma is missing behind this bracket"
		return d.last(d.line+1, "[{")
	case p == "did not find expected key", p == "did not find expected '-' indicator":
		d.message = "this line does not fit the block that it stands in: check indentation and quotes"
		d.line = d.firstFailing()
	case p == "did not find expected node content":
		d.message = "a value is expected here"
		d.line = d.firstFailing()
	case p == errTrailing.Error():
		d.message = "the document has ended above this line: check the indentation, or begin the next document with ---"
		d.line = d.firstFailing()
	case strings.HasPrefix(p, "unknown anchor '"):
		name := strings.TrimSuffix(strings.TrimPrefix(p, "unknown anchor '"), "' referenced")
		d.message = fmt.Sprintf("alias *%s has no anchor &%s above it", name, name)
		return d.find("*" + name)
	default:
		d.message = "not valid YAML: " + strings.ToLower(strings.ReplaceAll(p, "\n", " "))
	}
	return d.wholeLine(d.line)
}

// brackets returns how deep flow collections nest, quotes not regarded.
func brackets(text []byte) int {
	depth, deepest := 0, 0
	for _, c := range text {
		switch c {
		case '[', '{':
			depth++
			deepest = max(deepest, depth)
		case ']', '}':
			depth--
		}
	}
	return deepest
}

// firstFailing returns the first line up to which the text already fails with
// the same problem. It watches how far the library reads before it fails, and
// then tries the few lines above, since it looks ahead.
func (d *diagnosis) firstFailing() int {
	const ahead, limit = 4, 1 << 20
	r := lineReader{lines: &d.lines}
	_, _ = decodeFrom(&r)
	for line := max(1, r.line-ahead); line < r.line && len(d.text) <= limit; line++ {
		_, err := decode(d.text[:d.lines.starts[line]])
		if err != nil && strings.HasSuffix(err.Error(), d.problem) {
			return line
		}
	}
	return r.line
}

// A lineReader hands out a text in pieces none of which reaches over the end of
// a line.
type lineReader struct {
	lines *lines
	at    int
	line  int // number of the line that was handed out last
}

func (r *lineReader) Read(p []byte) (int, error) {
	if r.at >= len(r.lines.text) {
		return 0, io.EOF
	}
	end := len(r.lines.text)
	if r.line == 0 || r.line < len(r.lines.starts) && r.at == r.lines.starts[r.line] {
		r.line++
	}
	if r.line < len(r.lines.starts) {
		end = r.lines.starts[r.line]
	}
	n := copy(p, r.lines.text[r.at:end])
	r.at += n
	return n, nil
}

// bounds returns where a line, counted from 1, begins and ends.
func (d *diagnosis) bounds(line int) (start, end int) {
	line = min(max(line, 1), len(d.lines.starts))
	start, end = d.lines.starts[line-1], len(d.text)
	if line < len(d.lines.starts) {
		end = d.lines.starts[line]
	}
	return start, end
}

// wholeLine returns the text of a line without indentation and line break; of
// an empty line, the nearest line above that is not.
func (d *diagnosis) wholeLine(line int) (start, end int) {
	for line = min(max(line, 1), len(d.lines.starts)); ; line-- {
		start, end = d.bounds(line)
		text := d.text[start:end]
		if trimmed := bytes.TrimSpace(text); len(trimmed) > 0 {
			start += bytes.Index(text, trimmed)
			return start, start + len(trimmed)
		}
		if line == 1 {
			return start, start
		}
	}
}

func (d *diagnosis) badStart() (start, end int) {
	start, end = d.bounds(d.line)
	text := d.text[start:end]
	if i := bytes.IndexByte(text, '\t'); i >= 0 && len(bytes.TrimLeft(text[:i], " -")) == 0 {
		return d.tab()
	}
	for i, c := range text {
		if strings.IndexByte("@`%", c) >= 0 && (i == 0 || text[i-1] == ' ' || text[i-1] == '\t' || text[i-1] == '[' || text[i-1] == ',') {
			d.message = fmt.Sprintf("a value cannot begin with %q: put it in quotes", rune(c))
			return start + i, start + i + 1
		}
	}
	d.message = "a value is expected here"
	return d.wholeLine(d.line)
}

// tab finds the first tab in the indentation from the line on.
func (d *diagnosis) tab() (start, end int) {
	d.message = "a tab cannot indent YAML: use spaces"
	for line := max(d.line, 1); line <= len(d.lines.starts); line++ {
		start, end = d.bounds(line)
		text := d.text[start:end]
		if i := bytes.IndexByte(text, '\t'); i >= 0 && len(bytes.TrimLeft(text[:i], " -")) == 0 && len(bytes.TrimSpace(text)) > 0 {
			return start + i, start + i + 1
		}
	}
	return d.wholeLine(d.line)
}

// colon finds the colon that makes the line a mapping where none may be: the
// second one, else the first.
func (d *diagnosis) colon() (start, end int) {
	start, end = d.bounds(d.line)
	at := -1
	for i, seen := start, 0; i < end && seen < 2; i++ {
		if d.text[i] == ':' && (i+1 == end || strings.IndexByte(" \t\r\n", d.text[i+1]) >= 0) {
			at = i
			seen++
		}
	}
	if at < 0 {
		return d.wholeLine(d.line)
	}
	return at, at + 1
}

// last finds the last of some characters on a line.
func (d *diagnosis) last(line int, chars string) (start, end int) {
	start, end = d.bounds(line)
	if i := bytes.LastIndexAny(d.text[start:end], chars); i >= 0 {
		return start + i, start + i + 1
	}
	return d.wholeLine(line)
}

// find finds the first place of some text.
func (d *diagnosis) find(text string) (start, end int) {
	if i := bytes.Index(d.text, []byte(text)); i >= 0 {
		return i, i + len(text)
	}
	return d.wholeLine(d.line)
}
