package terraform

import (
	"cmp"
	"maps"
	"math/big"
	"slices"
	"strconv"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
)

// A writer turns the body of a block into nodes, and keeps beside them what a
// plain value cannot say.
type writer struct {
	e *evaluator

	unknown, secrets []document.Path
	candidates       []candidateEntry
	references       []referenceEntry
	origins          []originEntry
}

type candidateEntry struct {
	path   document.Path
	values []cty.Value
}

type referenceEntry struct {
	path document.Path
	to   []reference
}

type originEntry struct {
	path document.Path
	from origin
}

// body writes the arguments and nested blocks of a block.
// Parent is the file of the node above it, kind that of a block with arguments
// of Terraform's own.
func (w *writer) body(b *block, s *scope, path document.Path, parent *source.File, kind string) *document.Node {
	n := &document.Node{Kind: document.Mapping, Range: b.header, File: foreign(b.file, parent)}
	for _, a := range b.arguments {
		if kind != "" && isMeta(kind, a.name) {
			continue
		}
		m := document.Member{Key: a.name, KeyRange: a.key}
		m.Value = w.value(w.e.value(a.expr, a.file, s), place{expr: a.expr, file: a.file, scope: s, at: extent(a.expr.Range())}, with(path, a.name))
		m.Value.File = foreign(a.file, b.file)
		m.Hidden = m.Value.Kind == document.Unknown || m.Value.Kind == document.Null
		n.Members = append(n.Members, m)
	}
	written := map[string]bool{}
	for _, nested := range b.blocks {
		name := blockType(nested)
		if written[name] || n.Member(name) != nil || kind != "" && isMetaBlock(name) {
			continue
		}
		written[name] = true
		if m, ok := w.blockList(b, name, s, with(path, name)); ok {
			n.Members = append(n.Members, m)
		}
	}
	return n
}

// blockList writes the nested blocks of one type as a sequence. A list that
// may turn out longer or shorter is unknown; none at all is no member.
func (w *writer) blockList(b *block, name string, s *scope, path document.Path) (document.Member, bool) {
	list, open := w.e.blocks(b, name, s)
	if open {
		w.unknown = append(w.unknown, path)
	}
	m := document.Member{Key: name, Value: &document.Node{Kind: document.Sequence}}
	first := b.blocks[slices.IndexFunc(b.blocks, func(n *block) bool { return blockType(n) == name })]
	m.KeyRange, m.Value.File = first.header, foreign(first.file, b.file)
	for i, nested := range list {
		if w.e.budget.steps < 0 {
			w.unknown = append(w.unknown, path)
			break
		}
		m.Value.Items = append(m.Value.Items, w.body(nested.block, nested.scope, with(path, strconv.Itoa(i)), first.file, ""))
	}
	if len(list) == 0 {
		m.Value.Kind, m.Value.Text, m.Hidden = document.Unknown, first.file.Text(first.header), true
	}
	return m, len(list) > 0 || open
}

// isMetaBlock reports whether a nested block of a resource is Terraform's own.
func isMetaBlock(name string) bool {
	return name == "lifecycle" || name == "provisioner" || name == "connection"
}

// foreign returns a file if it is not that of the node above.
func foreign(f, parent *source.File) *source.File {
	if f == parent {
		return nil
	}
	return f
}

// A place is where a value is written: its expression as far as the value has
// the structure of one, and the range to show.
type place struct {
	expr  hclsyntax.Expression // nil if the value has no text of its own
	file  *source.File
	scope *scope
	at    source.Range
}

// value writes a value, with its marks taken off and noted.
func (w *writer) value(v cty.Value, p place, path document.Path) *document.Node {
	v, marks := v.Unmark()
	w.note(marks, path)
	n := &document.Node{Range: p.at}
	if !w.e.budget.spend(costNode) {
		v = cty.DynamicVal
	}
	switch {
	case !v.IsKnown():
		n.Kind, n.Text = document.Unknown, p.file.Text(p.at)
		w.unknownAt(n, p, path)
	case v.IsNull():
		n.Kind, n.Text = document.Null, "null"
	case v.Type() == cty.String:
		n.Kind, n.Text = document.String, v.AsString()
	case v.Type() == cty.Number:
		n.Kind, n.Text = document.Number, number(v.AsBigFloat())
	case v.Type() == cty.Bool:
		n.Kind, n.Text = document.Bool, "false"
		if v.True() {
			n.Text = "true"
		}
	case v.Type().IsObjectType() || v.Type().IsMapType():
		w.members(n, v, p, path)
	case v.CanIterateElements():
		n.Kind = document.Sequence
		parts := elements(p.expr, v)
		i := 0
		for it := v.ElementIterator(); it.Next(); i++ {
			_, item := it.Element()
			n.Items = append(n.Items, w.value(item, p.part(parts, i), with(path, strconv.Itoa(i))))
		}
	default: // a capsule: no literal of the language spells it
		n.Kind, n.Text = document.Unknown, p.file.Text(p.at)
		w.unknown = append(w.unknown, path)
	}
	return n
}

// unknownAt notes an unknown value, or finds that it can be only one after all.
func (w *writer) unknownAt(n *document.Node, p place, path document.Path) {
	if p.expr != nil {
		switch values := w.e.candidates(p.expr, p.file, p.scope); {
		case len(values) == 1:
			*n = *w.value(values[0], p, path)
			return
		case len(values) > 1:
			w.candidates = append(w.candidates, candidateEntry{path: path, values: values})
		}
	}
	w.unknown = append(w.unknown, path)
}

// members writes an object or a map.
func (w *writer) members(n *document.Node, v cty.Value, p place, path document.Path) {
	n.Kind = document.Mapping
	keys, parts := objectParts(p.expr)
	for it := v.ElementIterator(); it.Next(); {
		key, item := it.Element()
		name := key.AsString()
		m := document.Member{Key: name}
		inner := place{file: p.file, scope: p.scope, at: p.at}
		if part, ok := parts[name]; ok {
			inner.expr, inner.at = part, extent(part.Range())
			m.KeyRange = keys[name]
		}
		m.Value = w.value(item, inner, with(path, name))
		m.Hidden = m.Value.Kind == document.Unknown || m.Value.Kind == document.Null
		n.Members = append(n.Members, m)
	}
	slices.SortStableFunc(n.Members, func(a, b document.Member) int { return cmp.Compare(a.KeyRange.Start, b.KeyRange.Start) })
}

// part returns the place of the i-th item of a list.
func (p place) part(parts []hclsyntax.Expression, i int) place {
	if i < len(parts) {
		return place{expr: parts[i], file: p.file, scope: p.scope, at: extent(parts[i].Range())}
	}
	return place{file: p.file, scope: p.scope, at: p.at}
}

// elements returns the expressions of a list that was written as one.
func elements(expr hclsyntax.Expression, v cty.Value) []hclsyntax.Expression {
	tuple, ok := unwrap(expr).(*hclsyntax.TupleConsExpr)
	if !ok || v.Type().IsSetType() || len(tuple.Exprs) != v.LengthInt() {
		return nil
	}
	return tuple.Exprs
}

// objectParts returns the keys and values of an object that was written as one.
func objectParts(expr hclsyntax.Expression) (map[string]source.Range, map[string]hclsyntax.Expression) {
	object, ok := unwrap(expr).(*hclsyntax.ObjectConsExpr)
	if !ok {
		return nil, nil
	}
	keys, parts := map[string]source.Range{}, map[string]hclsyntax.Expression{}
	for _, item := range object.Items {
		name := hcl.ExprAsKeyword(item.KeyExpr)
		if name == "" {
			v, diagnostics := item.KeyExpr.Value(nil)
			if diagnostics.HasErrors() || !isString(v) {
				continue
			}
			name = v.AsString()
		}
		keys[name], parts[name] = extent(item.KeyExpr.Range()), item.ValueExpr
	}
	return keys, parts
}

// unwrap takes parentheses off an expression.
func unwrap(expr hclsyntax.Expression) hclsyntax.Expression {
	for {
		inner, ok := expr.(*hclsyntax.ParenthesesExpr)
		if !ok {
			return expr
		}
		expr = inner.Expression
	}
}

// note keeps what the marks of a value say about the path.
func (w *writer) note(marks cty.ValueMarks, path document.Path) {
	var to []reference
	var from []origin
	for mark := range maps.Keys(marks) {
		switch mark := mark.(type) {
		case reference:
			to = append(to, mark)
		case origin:
			from = append(from, mark)
		case secret:
			w.secrets = append(w.secrets, path)
		}
	}
	if len(to) > 0 {
		slices.SortFunc(to, func(a, b reference) int {
			return cmp.Or(cmp.Compare(a.address, b.address), cmp.Compare(a.attribute, b.attribute))
		})
		w.references = append(w.references, referenceEntry{path: path, to: to})
	}
	slices.SortFunc(from, func(a, b origin) int {
		return cmp.Or(cmp.Compare(a.file.Path, b.file.Path), cmp.Compare(a.at.Start, b.at.Start), cmp.Compare(a.name, b.name))
	})
	for _, o := range from {
		w.origins = append(w.origins, originEntry{path: path, from: o})
	}
}

// number spells a number as a JSON literal.
func number(f *big.Float) string {
	if f.IsInf() {
		return "0"
	}
	if f.IsInt() {
		return f.Text('f', 0)
	}
	return f.Text('g', -1)
}

func with(path document.Path, step string) document.Path {
	return append(path[:len(path):len(path)], step)
}
