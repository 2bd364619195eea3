package kubernetes

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
)

var (
	saysGenerated = regexp.MustCompile(`(?i)generated`)
	saysHandsOff  = regexp.MustCompile(`(?i)(?:do not|don't) (?:\w+ )?(?:edit|modify|change)`)
)

// generated reports whether the comments at the top of a file say that a tool
// writes it and nobody should.
func generated(content []byte) bool {
	head := 0
	for line := range bytes.Lines(content) {
		text := bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\ufeff")))
		if len(text) > 0 && text[0] != '#' && !bytes.Equal(text, []byte("---")) {
			break
		}
		head += len(line)
	}
	return saysGenerated.Match(content[:head]) && saysHandsOff.Match(content[:head])
}

// origins finds where the objects of generated files come from.
type origins struct {
	base     string
	byObject map[string][]*document.Document // by group, kind and plain name
}

// trace replaces the documents of generated files, such as a bundle to install
// with one command, by documents that point to where the author wrote them: a
// file of the workspace that no tool writes, or that a kustomization builds on,
// and else the first of several bundles. What differs there, or is not there,
// still points into the generated file.
func (w *workspace) trace(documents []*document.Document, bundles map[string]bool) ([]*document.Document, []finding.Notice) {
	if len(bundles) == 0 {
		return documents, nil
	}
	o := origins{base: w.base, byObject: make(map[string][]*document.Document)}
	for _, d := range documents {
		o.byObject[identity(d)] = append(o.byObject[identity(d)], d)
	}
	inputs := w.builds.inputs()
	traced := slices.Clone(documents)
	var moved []*source.File
	for i, d := range documents {
		if !bundles[d.File.Path] || inputs[d.File.Path] {
			continue
		}
		if from := o.of(d, func(name string) bool { return bundles[name] && !inputs[name] }); from != nil {
			copied := *d
			copied.Name = from.Name // findings of several bundles are one
			copied.Root = retrace(d.Root, from.Root, from.File, d.File)
			traced[i] = &copied
			if !slices.Contains(moved, d.File) {
				moved = append(moved, d.File)
			}
		}
	}
	if len(moved) == 0 {
		return traced, nil
	}
	message := "file is generated: what is wrong in it is shown where it comes from"
	if len(moved) > 1 {
		message = fmt.Sprintf("%d files are generated, this is the first: what is wrong in them is shown where it comes from", len(moved))
	}
	return traced, []finding.Notice{{Location: source.Location{File: moved[0]}, Message: message}}
}

func identity(d *document.Document) string {
	return groupOf(text(d.Root.Get("apiVersion"))) + "/" + d.Kind + "/" + text(d.Root.Find("metadata", "name"))
}

// of returns the nearest object that a generated one comes from, nil if it
// comes from none or is the first of its kind itself.
func (o *origins) of(d *document.Document, bundle func(string) bool) *document.Document {
	var first, nearest *document.Document
	near, here := -1, newPlace(d.File.Path)
	namespace := text(d.Root.Find("metadata", "namespace"))
	for _, c := range o.byObject[identity(d)] {
		if c.File == d.File || !sameNamespace(namespace, text(c.Root.Find("metadata", "namespace"))) {
			if first == nil && c == d {
				first = d
			}
			continue
		}
		if bundle(c.File.Path) {
			if first == nil {
				first = c
			}
			continue
		}
		trial := anyWord(foldersBelow(o.base, c.File.Path), nonproduction)
		if trial && !anyWord(foldersBelow(o.base, d.File.Path), nonproduction) {
			continue
		}
		if common := newPlace(c.File.Path).common(here); common > near {
			nearest, near = c, common
		}
	}
	switch {
	case nearest != nil:
		return nearest
	case first == d:
		return nil
	}
	return first
}

// retrace returns a node of a file of which all that is the same in its origin
// has its place there.
func retrace(n, from *document.Node, origin, own *source.File) *document.Node {
	copied := *n
	switch {
	case from == nil || from.Kind != n.Kind || n.Leaf() && from.Text != n.Text:
		copied.File = own
		return &copied
	case n.Kind == document.Mapping:
		copied.Members = slices.Clone(n.Members)
		for i := range copied.Members {
			m := &copied.Members[i]
			there := from.Member(m.Key)
			if there == nil {
				m.Value = retrace(m.Value, nil, origin, own)
				continue
			}
			m.Value = retrace(m.Value, there.Value, origin, own)
			if m.Value.File == origin {
				m.KeyRange = there.KeyRange
			}
		}
	case n.Kind == document.Sequence:
		copied.Items = make([]*document.Node, len(n.Items))
		for i, item := range n.Items {
			copied.Items[i] = retrace(item, counterpart(from.Items, item, i), origin, own)
		}
	}
	copied.File, copied.Range = origin, from.Range
	return &copied
}

// counterpart returns the item of another sequence that is the same: of that
// name, or at that place.
func counterpart(items []*document.Node, item *document.Node, index int) *document.Node {
	if name := item.Get("name"); name != nil {
		for _, other := range items {
			if n := other.Get("name"); n != nil && n.Text == name.Text {
				return other
			}
		}
		return nil
	}
	if index < len(items) && items[index].Get("name") == nil {
		return items[index]
	}
	return nil
}
