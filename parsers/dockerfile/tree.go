package dockerfile

import (
	"strconv"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
)

// scalar returns a string, or what is unknown as it was written.
func scalar(value string, isKnown bool, place source.Range) *document.Node {
	kind := document.String
	if !isKnown {
		kind = document.Unknown
	}
	return &document.Node{Kind: kind, Text: value, Range: place}
}

// fact returns a string that nobody wrote.
func fact(value string) *document.Node { return &document.Node{Kind: document.String, Text: value} }

func truth(value bool) *document.Node {
	return &document.Node{Kind: document.Bool, Text: strconv.FormatBool(value)}
}

func number(value int) *document.Node {
	return &document.Node{Kind: document.Number, Text: strconv.Itoa(value)}
}

func sequence(items []*document.Node) *document.Node {
	return &document.Node{Kind: document.Sequence, Items: items}
}

// A mapping collects members. Members without a value are left out.
type mapping struct{ node *document.Node }

func newMapping(place source.Range) mapping {
	return mapping{&document.Node{Kind: document.Mapping, Range: place}}
}

func (m mapping) put(key string, value *document.Node) { m.putAt(key, source.Range{}, value) }

// putAt adds a member that is shown at a place.
func (m mapping) putAt(key string, place source.Range, value *document.Node) {
	if value != nil {
		m.node.Members = append(m.node.Members, document.Member{Key: key, KeyRange: place, Value: value})
	}
}

// tree returns the instructions as they were written.
func (p *parsed) tree(final *config) *document.Node {
	inChain := map[int]bool{}
	for _, s := range final.chain {
		inChain[s.index] = true
	}
	var stages []*document.Node
	for _, s := range p.stages {
		last := s.instructions[len(s.instructions)-1]
		m := newMapping(source.Range{Start: s.from().place.Start, End: last.place.End})
		m.put("index", number(s.index))
		if s.name != "" {
			m.put("name", scalar(s.name, true, s.from().arguments[2].text.place()))
		}
		m.put("final", truth(s.index == len(p.stages)-1))
		m.put("inherited", truth(inChain[s.index]))
		m.put("instructions", instructionNodes(s.instructions))
		stages = append(stages, m.node)
	}
	return sequence(stages)
}

func instructionNodes(instructions []*instruction) *document.Node {
	var nodes []*document.Node
	for _, i := range instructions {
		nodes = append(nodes, i.node())
	}
	return sequence(nodes)
}

func (i *instruction) node() *document.Node {
	m := newMapping(i.place)
	m.put("instruction", scalar(i.name, true, i.keyword))
	if len(i.flags) > 0 {
		var flags []*document.Node
		for _, f := range i.flags {
			entry := newMapping(source.Range{})
			entry.put("name", fact(f.name))
			entry.put("value", scalar(f.value, true, f.place))
			flags = append(flags, entry.node)
		}
		m.put("flags", sequence(flags))
	}
	if i.form != "" {
		m.put("form", fact(i.form))
	}
	if i.pairs == nil && i.onbuild == nil {
		m.put("arguments", argumentNodes(i.arguments))
	}
	if i.pairs != nil {
		m.put("pairs", pairNodes(i.pairs))
	}
	if i.onbuild != nil {
		m.put("onbuild", i.onbuild.node())
	}
	if len(i.heredocs) > 0 {
		var heredocs []*document.Node
		for _, h := range i.heredocs {
			entry := newMapping(source.Range{})
			entry.put("name", fact(h.name))
			entry.put("content", scalar(h.content.s, true, h.content.place()))
			heredocs = append(heredocs, entry.node)
		}
		m.put("heredocs", sequence(heredocs))
	}
	return m.node
}

func argumentNodes(arguments []argument) *document.Node {
	nodes := []*document.Node{}
	for _, a := range arguments {
		nodes = append(nodes, scalar(a.value, true, a.text.place()))
	}
	return sequence(nodes)
}

func pairNodes(pairs []pair) *document.Node {
	var nodes []*document.Node
	for _, p := range pairs {
		entry := newMapping(source.Range{})
		entry.put("name", scalar(p.name.s, true, p.name.place()))
		if p.hasValue {
			entry.put("value", scalar(p.value.s, true, p.value.place()))
		}
		nodes = append(nodes, entry.node)
	}
	return sequence(nodes)
}
