package yamltree

import (
	"bytes"

	"go.yaml.in/yaml/v3"
)

// skipProperties returns the offset of the node whose tag and anchor begin at an
// offset.
func (b *builder) skipProperties(at int) int {
	for c := b.byteAt(at); c == '&' || c == '!'; c = b.byteAt(at) {
		if i := bytes.IndexAny(b.text[at:], " \t\r\n,[]{}"); i >= 0 {
			at += i
		} else {
			at = len(b.text)
		}
		at = b.skipSpace(at)
	}
	return at
}

// skipSpace returns the offset of the first byte from at on that is neither
// white space nor part of a comment.
func (b *builder) skipSpace(at int) int {
	for at < len(b.text) {
		switch b.text[at] {
		case ' ', '\t', '\r', '\n':
			at++
		case '#':
			at = lineEnd(b.text, at)
		default:
			return at
		}
	}
	return at
}

// scalarEnd returns where a scalar ends whose source, quotes or block indicator
// included, begins at an offset.
func (b *builder) scalarEnd(n *yaml.Node, at, indent int) int {
	switch style := n.Style &^ yaml.TaggedStyle; style {
	case yaml.DoubleQuotedStyle:
		return b.doubleQuotedEnd(at)
	case yaml.SingleQuotedStyle:
		return b.singleQuotedEnd(at)
	case yaml.LiteralStyle, yaml.FoldedStyle:
		return b.blockEnd(at, indent)
	}
	return b.plainEnd(n.Value, at)
}

func (b *builder) doubleQuotedEnd(at int) int {
	for i := at + 1; i < len(b.text); i++ {
		switch b.text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(b.text)
}

func (b *builder) singleQuotedEnd(at int) int {
	for i := at + 1; i < len(b.text); i++ {
		if b.text[i] != '\'' {
			continue
		}
		if b.byteAt(i+1) != '\'' {
			return i + 1
		}
		i++
	}
	return len(b.text)
}

// plainEnd follows the text of a plain scalar through its source, in which a
// space or line break of the text may be a run of line breaks and indentation.
func (b *builder) plainEnd(value string, at int) int {
	if bytes.HasPrefix(b.text[at:], []byte(value)) {
		return at + len(value)
	}
	i, j := 0, at
	for i < len(value) && j < len(b.text) {
		if value[i] == b.text[j] && value[i] != '\n' {
			i, j = i+1, j+1
			continue
		}
		run := j
		for run < len(b.text) && (b.text[run] == ' ' || b.text[run] == '\t' || breakAt(b.text[run:]) > 0) {
			run += max(1, breakAt(b.text[run:]))
		}
		if run == j {
			break // not the source of this text
		}
		j = run
		for i < len(value) && (value[i] == ' ' || value[i] == '\n') {
			i++
		}
	}
	return j
}

// blockEnd returns where the block scalar ends whose indicator stands at an
// offset: behind its last line that is not blank, or, if it keeps trailing
// blank lines, behind these, always without the last line break.
func (b *builder) blockEnd(at, indent int) int {
	line := lineEnd(b.text, at)
	header, _, _ := bytes.Cut(b.text[at:line], []byte("#"))
	header = bytes.TrimRight(header, " \t\r\n")
	content := 0 // the indentation of the text, 0 until known
	for _, c := range header {
		if '1' <= c && c <= '9' {
			content = max(indent, 0) + int(c-'0')
		}
	}
	end := at + len(header)
	for line < len(b.text) {
		next := lineEnd(b.text, line)
		text := bytes.TrimRight(b.text[line:next], "\r\n")
		spaces := len(text) - len(bytes.TrimLeft(text, " "))
		blank := spaces == len(text)
		switch {
		case !blank && spaces <= indent, !blank && spaces < content:
			return end
		case !blank && content == 0:
			content = spaces
		}
		if !blank || bytes.ContainsRune(header, '+') || spaces > content && content > 0 {
			end = line + len(text)
		}
		line = next
	}
	return end
}

// flowEnd returns the offset behind the bracket that closes a flow collection,
// searched from the end of its last item.
func (b *builder) flowEnd(at int, closer byte) int {
	for i := at; i < len(b.text); {
		switch b.text[i] {
		case closer:
			return i + 1
		case '#':
			i = lineEnd(b.text, i)
		default:
			i++
		}
	}
	return len(b.text)
}
