// Package yamltree turns YAML and JSON into trees of document.Node with exact
// byte ranges. It knows nothing of any family of artifacts.
//
// Start with [Split], which cuts a file into its YAML documents, and
// [Chunk.Parse], which reads one of them. [Comments] finds the comments that
// may hold a directive.
//
// The YAML library reports where a node begins, as a line and a character
// column, and not where it ends. Where it begins is converted to bytes, where
// it ends is found in the source by its style; see [builder].
package yamltree

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
)

// The limits. What exceeds one is a [Problem].
const (
	MaxDepth     = 1_000   // levels of nesting
	MaxAliased   = 100_000 // nodes that the aliases of a document stand for
	MaxDocuments = 50_000  // documents in a file
)

// Options say how scalars are read.
type Options struct {
	// Legacy reads plain scalars by YAML 1.1, as the Kubernetes API machinery
	// does: yes, no, on, off, y and n are Booleans.
	Legacy bool
	// Placeholders makes a scalar that is one placeholder (see [Placeholder])
	// Unknown instead of a String.
	Placeholders bool
}

// A Problem is something in a document that is wrong or could not be read.
type Problem struct {
	Range   source.Range // where
	Message string       // one line, lower case
	// Lost: the document could not be read. Else it was, and Message says how.
	Lost bool
}

// Parse reads a chunk. It has one root, none if it is empty, and several if it
// is a stream of JSON values. On a lost document there is no root.
func (c *Chunk) Parse(o Options) ([]*document.Node, []Problem) {
	if c.flow() {
		roots, problems, syntax := parseJSON(c, o)
		switch {
		case syntax == nil:
			return roots, problems
		case strings.HasSuffix(c.File.Path, ".json"):
			return nil, []Problem{*syntax}
		}
	}
	return c.parseYAML(o, c.text())
}

// ParseHead reads only the top-level members of a block mapping that are named
// in keys: the identity of a document whose body is large and nobody looks at.
// A document that is not such a mapping is read whole.
func (c *Chunk) ParseHead(o Options, keys ...string) ([]*document.Node, []Problem) {
	if c.flow() {
		return c.Parse(o)
	}
	return c.parseYAML(o, c.only(keys))
}

// only returns the text of the chunk in which the lines below other top-level
// keys are empty. Line numbers and the columns of what is left do not change.
func (c *Chunk) only(keys []string) []byte {
	out := make([]byte, 0, 4096)
	keeping := true
	for line := range bytes.Lines(c.text()) {
		if first := line[0]; first != ' ' && first != '\t' && first != '#' && first != '\r' && first != '\n' && first != '-' {
			key, _, _ := bytes.Cut(line, []byte(":"))
			keeping = !bytes.Contains(line, []byte(":"))
			for _, k := range keys {
				keeping = keeping || string(bytes.Trim(key, `"' `)) == k
			}
		}
		if keeping {
			out = append(out, line...)
			continue
		}
		for i := range line {
			if breakAt(line[i:]) > 0 && (line[i] != '\n' || i == 0 || line[i-1] != '\r') {
				out = append(out, '\n')
			}
		}
	}
	return out
}

// parseYAML reads text, which is the chunk's or, line by line, a part of it.
func (c *Chunk) parseYAML(o Options, text []byte) ([]*document.Node, []Problem) {
	if at := invalid(text); at >= 0 {
		return nil, []Problem{c.unreadableByte(at)}
	}
	root, err := decode(text)
	if err != nil {
		return nil, []Problem{c.explain(err)}
	}
	if root == nil || len(root.Content) == 0 {
		return nil, nil
	}
	b := newBuilder(c, o)
	node, _ := b.value(root.Content[0], -1, 0)
	if b.lost {
		return nil, b.problems
	}
	if node.Kind == document.Null && node.Range.Empty() {
		return nil, b.problems
	}
	return []*document.Node{node}, b.problems
}

func (c *Chunk) text() []byte { return c.File.Content[c.Range.Start:c.Range.End] }

// flow reports whether the chunk's content begins with a brace or bracket, as
// JSON does.
func (c *Chunk) flow() bool {
	first := c.content()
	return first < c.Range.End && (c.File.Content[first] == '{' || c.File.Content[first] == '[')
}

// content returns the offset of the first byte behind the document marker that
// is no white space.
func (c *Chunk) content() int {
	text := c.File.Content[:c.Range.End]
	i := c.Range.Start
	if marker(text[i:], "---") {
		i += len("---")
	}
	for i < len(text) && strings.IndexByte(" \t\r\n", text[i]) >= 0 {
		i++
	}
	return i
}

func (p Problem) String() string {
	return fmt.Sprintf("%d-%d: %s", p.Range.Start, p.Range.End, p.Message)
}
