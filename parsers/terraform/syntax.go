package terraform

import (
	"cmp"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/opslint/opslint/internal/source"
)

// A file is one parsed configuration or variable file, whichever of the two
// syntaxes it is written in.
type file struct {
	source *source.File
	// body holds the file's top-level blocks and, in a variable file, arguments.
	body *block
	// broken is true when the file could not be read; body is then empty.
	broken bool
	// dangling is true of a broken file that is a link whose target is yet to be
	// made.
	dangling bool
}

// A block is a block of either syntax, or the body of a whole file.
type block struct {
	kind   string // "resource", or the type of a nested block
	labels []string
	file   *source.File
	header source.Range // type and labels; in JSON the last key that names it
	extent source.Range // header and body
	// arguments in the author's order, names unique.
	arguments []*argument
	blocks    []*block
}

// An argument is name = value.
type argument struct {
	name   string
	file   *source.File
	key    source.Range
	extent source.Range // name to end of value
	expr   hclsyntax.Expression
}

// label returns the i-th label or "".
func (b *block) label(i int) string {
	if i < len(b.labels) {
		return b.labels[i]
	}
	return ""
}

// argument returns the argument of that name, or nil.
func (b *block) argument(name string) *argument {
	for _, a := range b.arguments {
		if a.name == name {
			return a
		}
	}
	return nil
}

// nested returns the blocks of one type.
func (b *block) nested(kind string) []*block {
	var found []*block
	for _, n := range b.blocks {
		if n.kind == kind {
			found = append(found, n)
		}
	}
	return found
}

// extent is a range of HCL in the bytes of the file, the only count of HCL's
// that means the same to everyone.
func extent(r hcl.Range) source.Range {
	return source.Range{Start: r.Start.Byte, End: r.End.Byte}
}

// nativeBody reads a body of the native syntax.
func nativeBody(f *source.File, body *hclsyntax.Body) *block {
	b := &block{file: f, extent: extent(body.SrcRange), header: source.Range{}}
	for _, a := range body.Attributes {
		countSteps(a.Expr)
		b.arguments = append(b.arguments, &argument{
			name: a.Name, file: f, key: extent(a.NameRange), extent: extent(a.SrcRange), expr: a.Expr,
		})
	}
	slices.SortFunc(b.arguments, func(a, c *argument) int { return cmp.Compare(a.key.Start, c.key.Start) })
	for _, n := range body.Blocks {
		child := nativeBody(f, n.Body)
		child.kind, child.labels = n.Type, n.Labels
		child.header = extent(n.DefRange())
		child.extent = source.Range{Start: n.TypeRange.Start.Byte, End: n.CloseBraceRange.End.Byte}
		b.blocks = append(b.blocks, child)
	}
	return b
}

// items calls f for every block and argument below b.
func (b *block) items(f func(extent source.Range)) {
	for _, a := range b.arguments {
		f(a.extent)
	}
	for _, n := range b.blocks {
		f(n.extent)
		n.items(f)
	}
}
