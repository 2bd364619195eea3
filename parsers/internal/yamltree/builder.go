package yamltree

import (
	"fmt"

	"go.yaml.in/yaml/v3"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
)

// A builder makes document nodes of the library's nodes.
//
// A node that aliases stand for exists once: its range is where it was written.
// What aliases stand for is counted all the same, because whoever walks the
// tree meets it again and again.
type builder struct {
	options  Options
	text     []byte // the chunk
	base     int    // offset of the chunk in the file
	lines    lines
	file     *source.File
	problems []Problem
	lost     bool

	count   int // nodes so far, aliased ones as often as they are met
	aliased int // of these, those that aliases stand for
	anchors map[*yaml.Node]*anchored
}

// anchored is what became of a node with an anchor. Its node is nil while it is
// being built: an alias to it would then be a circle.
type anchored struct {
	node *document.Node
	size int
}

func newBuilder(c *Chunk, o Options) *builder {
	text := c.text()
	return &builder{options: o, text: text, base: c.Range.Start, lines: newLines(text), file: c.File}
}

// value converts n. It returns the node and the offset in the chunk where its
// source ends. Indent is that of the enclosing block, -1 at the top.
func (b *builder) value(n *yaml.Node, indent, depth int) (*document.Node, int) {
	at := b.lines.offset(n.Line, n.Column)
	if b.lost {
		return &document.Node{}, at
	}
	if depth > MaxDepth {
		return b.lose(at, at+1, fmt.Sprintf("nested more than %d levels deep", MaxDepth)), at
	}
	if n.Kind == yaml.AliasNode {
		return b.alias(n, at)
	}
	before := b.count
	b.count++
	if n.Anchor != "" {
		if b.anchors == nil {
			b.anchors = make(map[*yaml.Node]*anchored)
		}
		b.anchors[n] = &anchored{}
	}
	node, end := b.written(n, b.skipProperties(at), indent, depth)
	if n.Anchor != "" {
		*b.anchors[n] = anchored{node: node, size: b.count - before}
	}
	return node, end
}

// written converts a node that stands at an offset, its tag and anchor behind.
func (b *builder) written(n *yaml.Node, at, indent, depth int) (*document.Node, int) {
	switch n.Kind {
	case yaml.MappingNode:
		return b.mapping(n, at, depth)
	case yaml.SequenceNode:
		return b.sequence(n, at, depth)
	}
	if n.Style&^yaml.TaggedStyle == 0 && n.Value == "" { // nothing is written
		node := b.scalar(n)
		node.Range = b.rangeOf(at, at)
		return node, at
	}
	end := b.scalarEnd(n, at, indent)
	node := b.scalar(n)
	node.Range = b.rangeOf(at, end)
	return node, end
}

func (b *builder) alias(n *yaml.Node, at int) (*document.Node, int) {
	end := min(at+len("*")+len(n.Value), len(b.text))
	known := b.anchors[n.Alias]
	switch {
	case known == nil || known.node == nil:
		return b.lose(at, end, fmt.Sprintf("alias *%s stands inside what it refers to", n.Value)), end
	case b.aliased+known.size > MaxAliased:
		return b.lose(at, end, fmt.Sprintf("aliases stand for more than %d nodes", MaxAliased)), end
	}
	b.aliased += known.size
	b.count += known.size
	return known.node, end
}

func (b *builder) sequence(n *yaml.Node, at, depth int) (*document.Node, int) {
	node := &document.Node{Kind: document.Sequence, Items: make([]*document.Node, 0, len(n.Content))}
	end := min(at+1, len(b.text))
	indent := b.lines.indent(at)
	for _, c := range n.Content {
		item, itemEnd := b.value(c, indent, depth+1)
		node.Items = append(node.Items, item)
		end = max(end, itemEnd)
	}
	if b.byteAt(at) == '[' {
		end = b.flowEnd(end, ']')
	}
	node.Range = b.rangeOf(at, end)
	return node, end
}

// mapping converts a mapping. An explicit key overrides a merged one wherever
// it stands, an earlier merged mapping overrides a later one; merged members
// follow the explicit ones.
func (b *builder) mapping(n *yaml.Node, at, depth int) (*document.Node, int) {
	node := &document.Node{Kind: document.Mapping, Members: make([]document.Member, 0, len(n.Content)/2)}
	m := members{node: node}
	var merged []*document.Node
	flow := b.byteAt(at) == '{'
	start, end := at, min(at+1, len(b.text))
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		key, keyRange, keyEnd := b.key(k, depth)
		if i == 0 && !flow {
			start, end = keyRange.Start-b.base, keyEnd
		}
		value, valueEnd := b.value(v, b.lines.indent(start), depth+1)
		if b.lost {
			break
		}
		if value.Kind == document.Null && value.Range.Empty() {
			value.Range = source.Range{Start: keyRange.End, End: keyRange.End}
			valueEnd = keyEnd
		}
		end = max(end, keyEnd, valueEnd)
		if k.Tag == "!!merge" {
			merged = append(merged, b.sources(value, keyRange)...)
			continue
		}
		if first := m.put(document.Member{Key: key, KeyRange: keyRange, Value: value}); first != nil {
			if m.repeated(key) {
				b.problem(keyRange, duplicate(b.file, key, first.KeyRange))
			}
			*first = document.Member{Key: key, KeyRange: keyRange, Value: value}
		}
	}
	for _, from := range merged {
		for _, member := range from.Members {
			m.put(member)
		}
	}
	if flow {
		end = b.flowEnd(end, '}')
	}
	node.Range = b.rangeOf(start, end)
	return node, end
}

// key converts a mapping's key and returns its text, its range and the offset
// where its source ends.
func (b *builder) key(k *yaml.Node, depth int) (string, source.Range, int) {
	node, end := b.value(k, -1, depth+1)
	at := b.skipProperties(b.lines.offset(k.Line, k.Column))
	r := b.rangeOf(at, max(at, end))
	switch {
	case k.Kind == yaml.AliasNode && node.Leaf():
		return node.Text, r, end
	case !node.Leaf() && at > 0 && b.text[at-1] == '{' && b.byteAt(at) == '{':
		b.lose(at-1, end+1, "{{ … }} is no text in YAML unless it stands in quotes")
	case !node.Leaf():
		b.lose(at, end, "a key must be a string, and this one is a "+node.Kind.String())
	}
	// As spelt: on, 1 and null are strings here.
	return k.Value, r, end
}

// sources returns the mappings that the value of a merge key names.
func (b *builder) sources(value *document.Node, key source.Range) []*document.Node {
	switch value.Kind {
	case document.Mapping:
		return []*document.Node{value}
	case document.Sequence:
		for _, item := range value.Items {
			if item.Kind != document.Mapping {
				b.problem(key, "merge key << takes mappings, and one of these is none")
				return nil
			}
		}
		return value.Items
	}
	b.problem(key, "merge key << takes a mapping or a list of mappings")
	return nil
}

func duplicate(f *source.File, key string, first source.Range) string {
	return fmt.Sprintf("key %q is there twice, first on line %d; the last one counts", key, f.Line(first.Start))
}

func (b *builder) problem(r source.Range, message string) {
	b.problems = append(b.problems, Problem{Range: r, Message: message})
}

// lose gives the document up.
func (b *builder) lose(start, end int, message string) *document.Node {
	if !b.lost {
		b.lost = true
		b.problems = append(b.problems, Problem{Range: b.rangeOf(start, min(end, len(b.text))), Message: message, Lost: true})
	}
	return &document.Node{}
}

func (b *builder) rangeOf(start, end int) source.Range {
	return source.Range{Start: b.base + start, End: b.base + max(start, end)}
}

func (b *builder) byteAt(at int) byte {
	if at < len(b.text) {
		return b.text[at]
	}
	return 0
}

// members keeps the keys of a mapping unique.
type members struct {
	node  *document.Node
	index map[string]int // of large mappings
	twice map[string]bool
}

// repeated reports whether a key that is there already is so for the first time.
func (m *members) repeated(key string) bool {
	if m.twice[key] {
		return false
	}
	if m.twice == nil {
		m.twice = make(map[string]bool)
	}
	m.twice[key] = true
	return true
}

const manyMembers = 16

// put appends a member, or returns the one that has its key.
func (m *members) put(member document.Member) *document.Member {
	if m.index == nil && len(m.node.Members) < manyMembers {
		if old := m.node.Member(member.Key); old != nil {
			return old
		}
		m.node.Members = append(m.node.Members, member)
		return nil
	}
	if m.index == nil {
		m.index = make(map[string]int, 4*manyMembers)
		for i := range m.node.Members {
			m.index[m.node.Members[i].Key] = i
		}
	}
	if i, ok := m.index[member.Key]; ok {
		return &m.node.Members[i]
	}
	m.index[member.Key] = len(m.node.Members)
	m.node.Members = append(m.node.Members, member)
	return nil
}
