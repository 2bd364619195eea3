package yamltree

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
)

// parseJSON reads a chunk as a stream of JSON values. Syntax is why it is none.
func parseJSON(c *Chunk, o Options) (roots []*document.Node, problems []Problem, syntax *Problem) {
	p := jsonParser{options: o, file: c.File, text: c.File.Content[:c.Range.End], at: c.content()}
	for p.space(); p.at < len(p.text) && p.failure == nil; p.space() {
		if root := p.value(0); p.failure == nil {
			roots = append(roots, root)
		}
	}
	if p.failure != nil {
		return nil, nil, p.failure
	}
	return roots, p.problems, nil
}

type jsonParser struct {
	options  Options
	file     *source.File
	text     []byte
	at       int
	problems []Problem
	failure  *Problem
}

func (p *jsonParser) fail(at int, format string, args ...any) *document.Node {
	if p.failure == nil {
		at = min(at, len(p.text))
		p.failure = &Problem{
			Range:   source.Range{Start: at, End: min(at+1, len(p.text))},
			Message: fmt.Sprintf(format, args...),
			Lost:    true,
		}
	}
	return &document.Node{}
}

func (p *jsonParser) space() {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
}

func (p *jsonParser) next() byte {
	if p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

// value reads the value that begins here.
func (p *jsonParser) value(depth int) *document.Node {
	if depth > MaxDepth {
		return p.fail(p.at, "nested more than %d levels deep", MaxDepth)
	}
	start := p.at
	var node *document.Node
	switch c := p.next(); {
	case p.at >= len(p.text):
		return p.fail(p.at, "the JSON ends in the middle of a value")
	case c == '{':
		node = p.object(depth)
	case c == '[':
		node = p.array(depth)
	case c == '"':
		node = &document.Node{Kind: document.String, Text: p.str()}
		if p.options.Placeholders && Placeholder(node.Text) {
			node.Kind = document.Unknown
		}
	default:
		node = p.literal()
	}
	node.Range = source.Range{Start: start, End: p.at}
	return node
}

func (p *jsonParser) literal() *document.Node {
	for _, word := range []struct {
		text string
		node document.Node
	}{
		{"true", document.Node{Kind: document.Bool, Text: "true"}},
		{"false", document.Node{Kind: document.Bool, Text: "false"}},
		{"null", document.Node{Kind: document.Null}},
	} {
		if bytes.HasPrefix(p.text[p.at:], []byte(word.text)) {
			p.at += len(word.text)
			return &word.node
		}
	}
	if n := jsonNumber(p.text[p.at:]); n > 0 {
		p.at += n
		literal := string(p.text[p.at-n : p.at])
		if text, ok := number(literal); ok {
			return &document.Node{Kind: document.Number, Text: text}
		}
		return &document.Node{Kind: document.String, Text: literal}
	}
	r, _ := utf8.DecodeRune(p.text[p.at:])
	return p.fail(p.at, "%q does not begin a JSON value", r)
}

func (p *jsonParser) array(depth int) *document.Node {
	node := &document.Node{Kind: document.Sequence}
	open := p.at
	p.at++
	for p.failure == nil {
		p.space()
		if p.next() == ']' && len(node.Items) == 0 {
			break
		}
		node.Items = append(node.Items, p.value(depth+1))
		if !p.more(open, ']') {
			break
		}
	}
	p.at++
	return node
}

func (p *jsonParser) object(depth int) *document.Node {
	node := &document.Node{Kind: document.Mapping}
	m := members{node: node}
	open := p.at
	p.at++
	for p.failure == nil {
		p.space()
		if p.next() == '}' && len(node.Members) == 0 {
			break
		}
		member, ok := p.member(depth)
		if !ok {
			break
		}
		if first := m.put(member); first != nil {
			if m.repeated(member.Key) {
				p.problems = append(p.problems, Problem{Range: member.KeyRange, Message: duplicate(p.file, member.Key, first.KeyRange)})
			}
			*first = member
		}
		if !p.more(open, '}') {
			break
		}
	}
	p.at++
	return node
}

func (p *jsonParser) member(depth int) (document.Member, bool) {
	start := p.at
	if p.next() != '"' {
		p.fail(p.at, "a key in double quotes is expected here")
		return document.Member{}, false
	}
	m := document.Member{Key: p.str(), KeyRange: source.Range{Start: start, End: p.at}}
	p.space()
	if p.next() != ':' {
		p.fail(p.at, "a colon is expected behind the key")
		return m, false
	}
	p.at++
	p.space()
	m.Value = p.value(depth + 1)
	return m, p.failure == nil
}

// more reads what stands behind an item: a comma, or the closing bracket, which
// it leaves.
func (p *jsonParser) more(open int, closer byte) bool {
	p.space()
	switch {
	case p.failure != nil:
		return false
	case p.next() == ',':
		p.at++
		return true
	case p.at >= len(p.text):
		p.fail(open, "%q is never closed", rune(p.text[open]))
	case p.next() != closer:
		p.fail(p.at, "a comma or %q is expected here", rune(closer))
	}
	return false
}

// str reads the string that begins here.
func (p *jsonParser) str() string {
	open := p.at
	p.at++
	if i := bytes.IndexAny(p.text[p.at:], "\"\\\n"); i >= 0 && p.text[p.at+i] == '"' {
		text := p.text[p.at : p.at+i]
		p.at += i + 1
		if !utf8.Valid(text) {
			p.fail(open, "the string is not UTF-8")
		}
		return string(text)
	}
	var text strings.Builder
	for p.failure == nil {
		switch c := p.next(); {
		case p.at >= len(p.text) || c == '\n':
			p.fail(open, "the string is never closed")
		case c == '"':
			p.at++
			return text.String()
		case c == '\\':
			text.WriteRune(p.escape())
		default:
			r, size := utf8.DecodeRune(p.text[p.at:])
			if r == utf8.RuneError && size == 1 {
				p.fail(p.at, "the string is not UTF-8")
			}
			text.WriteRune(r)
			p.at += size
		}
	}
	return ""
}

func (p *jsonParser) escape() rune {
	start := p.at
	p.at += 2
	switch c := p.text[min(start+1, len(p.text)-1)]; c {
	case '"', '\\', '/':
		return rune(c)
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	case 'u':
		r := p.unit()
		if utf16.IsSurrogate(r) && bytes.HasPrefix(p.text[min(p.at, len(p.text)):], []byte(`\u`)) {
			p.at += 2
			r = utf16.DecodeRune(r, p.unit())
		}
		return r
	}
	p.fail(start, "the escape %q is unknown", p.text[start:min(start+2, len(p.text))])
	return 0
}

// unit reads the four digits of \uXXXX.
func (p *jsonParser) unit() rune {
	if p.at+4 > len(p.text) {
		p.fail(p.at, `\u takes four hexadecimal digits`)
		return 0
	}
	u, err := strconv.ParseUint(string(p.text[p.at:p.at+4]), 16, 16)
	if err != nil {
		p.fail(p.at, `\u takes four hexadecimal digits`)
	}
	p.at += 4
	return rune(u)
}
