// Package document is the form in which every artifact reaches the policies: a
// tree of nodes, each with its range in the author's file.
//
// Start with [Node], then [Document.At], which turns the path that a rule
// returned into the place to show.
package document

import (
	"strconv"

	"github.com/opslint/opslint/internal/source"
)

// Kind is the kind of a [Node].
type Kind uint8

// The kinds of a node. Unknown is a value that cannot be known without running
// something: a placeholder such as ${REPLICAS}. Its Text is what the author
// wrote; policies see it as that string.
const (
	Null Kind = iota
	Bool
	Number
	String
	Sequence
	Mapping
	Unknown
)

var kindNames = [...]string{"null", "bool", "number", "string", "sequence", "mapping", "unknown"}

// String returns the kind's name in lower case.
func (k Kind) String() string { return kindNames[k] }

// A Node is one value of a document.
type Node struct {
	Kind Kind
	// Range is the value's place in its file. For a scalar it covers the scalar
	// as written, quotes and block indicators included. A node that the author
	// did not write (a synthetic member) has an empty range.
	Range source.Range
	// File is set only when the node lies in another file than its document.
	File *source.File
	// Text is the decoded text of a scalar: the string itself, "true" or
	// "false", or a number as a JSON number literal.
	Text    string
	Items   []*Node  // of a Sequence
	Members []Member // of a Mapping, in the author's order; keys are unique
}

// A Member is one key of a mapping and its value.
type Member struct {
	Key      string
	KeyRange source.Range
	Value    *Node
	// Hidden members have a place but no value: policies do not see them
	// (an argument of Terraform that is null or unknown).
	Hidden bool
}

// Get returns the value of a key, or nil if n is no mapping or lacks the key.
func (n *Node) Get(key string) *Node {
	if m := n.Member(key); m != nil {
		return m.Value
	}
	return nil
}

// Member returns the member with the key, or nil if n is no mapping or lacks it.
func (n *Node) Member(key string) *Member {
	if n == nil {
		return nil
	}
	for i := range n.Members {
		if n.Members[i].Key == key {
			return &n.Members[i]
		}
	}
	return nil
}

// Find follows a path of keys from n; nil if a step does not exist.
func (n *Node) Find(path ...string) *Node {
	for _, key := range path {
		n = n.Get(key)
	}
	return n
}

// Str returns the text of a string node and "" for any other.
func (n *Node) Str() string {
	if n != nil && n.Kind == String {
		return n.Text
	}
	return ""
}

// Leaf reports whether n is a scalar (Unknown included).
func (n *Node) Leaf() bool { return n.Kind != Sequence && n.Kind != Mapping }

// A Document is one checkable unit of an artifact: a Kubernetes object, an
// instance of a Terraform resource, a Dockerfile.
type Document struct {
	File   *source.File
	Family string // "kubernetes"
	Kind   string // what policies are dispatched on: "Deployment", "aws_db_instance"
	// Name says which one it is, for people: "Deployment/shop/orders",
	// "aws_db_instance.orders". It does not depend on line numbers, so
	// baselines use it too.
	Name string
	// Root is what policies see as input.
	Root *Node
	// WholeMember makes findings at a mapping's member cover the key too
	// (Terraform: the argument from its name to the end of its value), unless
	// the value has no range of its own (a list of blocks).
	WholeMember bool
}

// Path is a way through a document: mapping keys and sequence indexes, the
// latter in decimal.
type Path []string

// String joins the path with dots, for stable keys.
func (p Path) String() string {
	b := make([]byte, 0, 64)
	for i, s := range p {
		if i > 0 {
			b = append(b, '.')
		}
		b = append(b, s...)
	}
	return string(b)
}

// At returns the place to show for a path. An existing scalar is shown itself.
// For a collection the place is the key it stands under, or, for an item of a
// sequence, the item's first key. A step that does not exist stops the walk at
// its nearest existing ancestor.
func (d *Document) At(path Path) source.Location {
	node, place := d.Root, source.Location{File: d.File, Range: d.Root.headRange()}
	if d.Root.File != nil {
		place.File = d.Root.File
	}
	for _, step := range path {
		next, r := node.step(step, d.WholeMember)
		if next == nil {
			break
		}
		node = next
		if next.File != nil {
			place.File = next.File
		}
		if !r.Empty() {
			place.Range = r
		}
	}
	return place
}

// Lookup returns the node at a path, or nil if it does not exist.
func (d *Document) Lookup(path Path) *Node {
	node := d.Root
	for _, step := range path {
		if node, _ = node.step(step, false); node == nil {
			return nil
		}
	}
	return node
}

// step follows one step of a path and returns the child and the range that
// stands for it, empty if the child was not written by the author.
func (n *Node) step(step string, wholeMember bool) (*Node, source.Range) {
	switch n.Kind {
	case Mapping:
		m := n.Member(step)
		if m == nil {
			return nil, source.Range{}
		}
		switch {
		case wholeMember && !m.KeyRange.Empty() && !m.Value.Range.Empty():
			return m.Value, source.Range{Start: m.KeyRange.Start, End: max(m.KeyRange.End, m.Value.Range.End)}
		case m.Value.Leaf() && !m.Value.Range.Empty():
			return m.Value, m.Value.Range
		case !m.KeyRange.Empty():
			return m.Value, m.KeyRange
		default:
			return m.Value, m.Value.headRange()
		}
	case Sequence:
		i, err := strconv.Atoi(step)
		if err != nil || i < 0 || i >= len(n.Items) {
			return nil, source.Range{}
		}
		return n.Items[i], n.Items[i].headRange()
	}
	return nil, source.Range{}
}

// headRange is the place to show for a value that has no key: a scalar itself,
// a mapping's first key, a sequence's first item.
func (n *Node) headRange() source.Range {
	switch {
	case n.Kind == Mapping && len(n.Members) > 0 && !n.Members[0].KeyRange.Empty() &&
		(n.Members[0].Value.File == nil || n.Members[0].Value.File == n.File) && n.Range.Contains(n.Members[0].KeyRange):
		return n.Members[0].KeyRange
	case n.Kind == Sequence && len(n.Items) > 0 && n.Range.Contains(n.Items[0].Range):
		return n.Items[0].headRange()
	}
	return n.Range
}

// A Comment is a comment of an artifact that may hold a directive.
type Comment struct {
	Range source.Range // with its markers
	Text  string       // without its markers, trimmed
	// Scope is what a directive in the comment governs: the rest of its line
	// if something stands before it, else the block that begins below it. Empty
	// if nothing follows.
	Scope source.Range
	// Head is true before the first content of the file.
	Head bool
}

// An Artifact is one file of the user's that a parser recognised.
//
// A parser whose documents come from several files (a Terraform module) leaves
// Documents empty and keeps what it parsed in Syntax until it assembles them.
type Artifact struct {
	File      *source.File
	Documents []*Document
	Comments  []Comment // only those that mention "opslint:"
	Syntax    any       // the parser's own, opaque to everyone else
}

// A Group is a set of documents that belong together (an application, a
// Terraform root) and what their policies may know besides the document in hand.
type Group struct {
	Documents []*Document
	// Data is merged into the policies' data document: "inventory", "joins", ….
	// Values are plain Go values (map[string]any, []any, string, bool, int,
	// float64, nil) and *Node.
	Data map[string]any
	// Refs resolves the "ref" of a related location that a rule returns.
	Refs map[string]*Document
	// Artifacts are files that assembling led to and that hold nodes of the
	// documents (entrypoint scripts), for the directives in their comments.
	Artifacts []*Artifact
}
