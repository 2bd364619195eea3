package kubernetes

import (
	"bytes"
	"regexp"

	"github.com/opslint/opslint/internal/source"
)

// sniff reports whether the text of a document has top-level keys apiVersion
// and kind, without parsing it, and returns the kind as far as it can be told.
func sniff(text []byte) (kind string, ok bool) {
	indent, versioned, kinded := -1, false, false
	for at := 0; at < len(text); {
		start, line := at, text[at:]
		if i := bytes.IndexAny(line, "\r\n"); i >= 0 {
			line = line[:i]
		}
		at += len(line) + 1
		line = bytes.TrimRight(bytes.TrimPrefix(line, []byte("---")), " \t\r")
		content := bytes.TrimLeft(line, " \t")
		spaces := len(line) - len(content)
		switch {
		case len(content) == 0, content[0] == '#', indent >= 0 && spaces != indent, bytes.HasPrefix(content, []byte("{{")):
			continue
		case indent < 0 && (content[0] == '{' || content[0] == '['):
			return "", sniffFlow(text[start+bytes.IndexByte(text[start:], content[0]):])
		}
		indent = spaces
		if keyAt(content, "apiVersion") {
			versioned = true
		} else if keyAt(content, "kind") {
			kinded, kind = true, value(content)
		}
		if versioned && kinded {
			return kind, true
		}
	}
	return "", false
}

// keyAt reports whether text begins with a key, in quotes or not.
func keyAt(text []byte, key string) bool {
	var quote []byte
	if len(text) > 0 && (text[0] == '"' || text[0] == '\'') {
		quote, text = text[:1], text[1:]
	}
	if !bytes.HasPrefix(text, []byte(key)) {
		return false
	}
	text = bytes.TrimPrefix(text[len(key):], quote)
	for len(text) > 0 && (text[0] == ' ' || text[0] == '\t') {
		text = text[1:]
	}
	return len(text) > 0 && text[0] == ':'
}

// value returns what stands behind the colon of a line, without quotes.
func value(line []byte) string {
	_, v, _ := bytes.Cut(line, []byte(":"))
	v, _, _ = bytes.Cut(v, []byte(" #"))
	return string(bytes.Trim(v, " \t\"'"))
}

// sniffFlow does the same for JSON: it looks at the keys of the outermost
// objects of a stream or array.
func sniffFlow(text []byte) bool {
	level := 1
	if text[0] == '[' {
		level = 2
	}
	depth, versioned, kinded := 0, false, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '{' || c == '[':
			depth++
			if depth == level {
				versioned, kinded = false, false
			}
		case c == '}' || c == ']':
			depth--
		case c == '"' || 'a' <= c && c <= 'z':
			if depth == level {
				versioned = versioned || keyAt(text[i:], "apiVersion")
				kinded = kinded || keyAt(text[i:], "kind")
			}
			i = wordEnd(text, i)
		}
		if versioned && kinded {
			return true
		}
	}
	return false
}

// wordEnd returns the offset of the last byte of the string or word at i.
func wordEnd(text []byte, i int) int {
	if text[i] != '"' {
		for i+1 < len(text) && ('a' <= text[i+1]|0x20 && text[i+1]|0x20 <= 'z') {
			i++
		}
		return i
	}
	for i++; i < len(text) && text[i] != '"'; i++ {
		if text[i] == '\\' {
			i++
		}
	}
	return i
}

// What a template engine has to fill in: an action that is not inside quotes or
// a comment.
var action = regexp.MustCompile(`(?m)^[^#"'\n]*?(\{\{.*)$`)

// templateLine returns the place of the first template action up to the line of
// an offset: what made the document unreadable there.
func templateLine(text []byte, upTo int) (source.Range, bool) {
	m := action.FindSubmatchIndex(text)
	if m == nil || m[2] > upTo {
		return source.Range{}, false
	}
	end := m[2] + len(bytes.TrimRight(text[m[2]:m[3]], " \t\r"))
	return source.Range{Start: m[2], End: end}, true
}
