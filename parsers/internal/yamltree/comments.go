package yamltree

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
)

const directive = "opslint:"

// Comments returns the comments of a YAML file that mention "opslint:", with
// their scopes. Roots are those of the file's documents, in order. Opaque are
// the parts of the file that were not parsed and in which a # may be text.
func Comments(f *source.File, roots []*document.Node, opaque []source.Range) []document.Comment {
	if !bytes.Contains(f.Content, []byte(directive)) {
		return nil
	}
	o := newOutline(roots)
	var comments []document.Comment
	for at := 0; at < len(f.Content); {
		i := bytes.Index(f.Content[at:], []byte(directive))
		if i < 0 {
			break
		}
		line := f.LineRange(f.Line(at + i))
		if start, ok := o.comment(f.Content, line, at+i, opaque); ok {
			comments = append(comments, o.describe(f, source.Range{Start: start, End: line.End}, line))
		}
		at = max(line.End, at+i+len(directive))
	}
	return comments
}

// An outline is what is needed of the trees to place comments.
type outline struct {
	scalars []source.Range // by start, keys included
	blocks  []block        // by start, the longest first
}

// A block is what a directive above it governs: a document, a member or an item.
type block struct {
	source.Range
	root bool
}

func newOutline(roots []*document.Node) *outline {
	o := new(outline)
	for _, root := range roots {
		o.blocks = append(o.blocks, block{root.Range, true})
		o.add(root)
	}
	slices.SortFunc(o.scalars, func(a, b source.Range) int { return cmp.Compare(a.Start, b.Start) })
	slices.SortStableFunc(o.blocks, func(a, b block) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	return o
}

// add takes in what the author wrote below n; aliased nodes stand elsewhere.
func (o *outline) add(n *document.Node) {
	if n.Leaf() {
		o.scalars = append(o.scalars, n.Range)
	}
	for _, item := range n.Items {
		if n.Range.Contains(item.Range) {
			o.blocks = append(o.blocks, block{Range: item.Range})
			o.add(item)
		}
	}
	for _, m := range n.Members {
		if !n.Range.Contains(m.KeyRange) {
			continue
		}
		o.scalars = append(o.scalars, m.KeyRange)
		whole := m.KeyRange
		if n.Range.Contains(m.Value.Range) {
			whole.End = max(whole.End, m.Value.Range.End)
			o.add(m.Value)
		}
		o.blocks = append(o.blocks, block{Range: whole})
	}
}

// comment returns where the comment on a line begins that holds the text at an
// offset.
func (o *outline) comment(content []byte, line source.Range, at int, opaque []source.Range) (int, bool) {
	for i := line.Start; i < at; i++ {
		if content[i] != '#' || i > line.Start && content[i-1] != ' ' && content[i-1] != '\t' {
			continue
		}
		inside := func(r source.Range) bool { return r.Start <= i && i < r.End }
		if slices.ContainsFunc(opaque, inside) || o.inScalar(content, line, i) {
			continue
		}
		return i, true
	}
	return 0, false
}

// inScalar reports whether the # at an offset is text of a scalar. One on the
// line of a block scalar's indicator is not.
func (o *outline) inScalar(content []byte, line source.Range, at int) bool {
	i, _ := slices.BinarySearchFunc(o.scalars, at+1, func(r source.Range, at int) int { return cmp.Compare(r.Start, at) })
	if i == 0 {
		return false
	}
	r := o.scalars[i-1]
	if at >= r.End {
		return false
	}
	header := r.Start >= line.Start && r.End > line.End && strings.IndexByte("|>", content[r.Start]) >= 0
	return !header
}

func (o *outline) describe(f *source.File, r, line source.Range) document.Comment {
	c := document.Comment{Range: r, Text: strings.TrimSpace(strings.TrimLeft(f.Text(r), "#"))}
	c.Head = len(o.blocks) == 0 || r.Start < o.blocks[0].Start
	before := strings.TrimSpace(f.Text(source.Range{Start: line.Start, End: r.Start}))
	if before != "" && before != "---" {
		c.Scope = line
		return c
	}
	i, _ := slices.BinarySearchFunc(o.blocks, r.End, func(b block, at int) int { return cmp.Compare(b.Start, at) })
	if i < len(o.blocks) && (!o.blocks[i].root || r.Start == line.Start || before == "---") {
		c.Scope = o.blocks[i].Range
	}
	return c
}
