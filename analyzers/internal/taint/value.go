package taint

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/sensitive"
)

// A Topic is a kind of values that does not belong into a log.
type Topic uint8

// The topics.
const (
	Secrets Topic = iota
	Personal
	topics
)

// A Source is something sensitive that a value may hold.
type Source struct {
	Kind sensitive.Kind
	Text string // for messages: "cfg.Password", "request header Authorization"
	// Whole: the value is printed whole and Text names the part that matters.
	Whole bool

	span judge.Span // where it comes in; not valid if that is another package
	node ast.Node   // the expression there, if there is one
	// param is set if the source is what this parameter, which has the name of
	// something sensitive, was given.
	param *ssa.Parameter
	way   *step // from there on
}

// A step is a place that a value passes on its way to a log.
type step struct {
	span   judge.Span
	text   string
	before *step
	length int
}

// maxWay bounds the steps between a source and the place of a finding.
const maxWay = 4

// through returns the source seen behind a further step of its way.
func (s *Source) through(from, to token.Pos, text string) *Source {
	length := 1
	if s.way != nil {
		if s.way.span.From == from {
			return s
		}
		length = s.way.length + 1
	}
	if length > maxWay || !from.IsValid() {
		return s
	}
	next := *s
	next.way = &step{span: judge.Span{From: from, To: to}, text: text, before: s.way, length: length}
	return &next
}

// A value is what is known about what a register or a place of memory holds.
type value struct {
	sources [topics]*Source
	// params are the parameters of the functions at hand whose text is in it, by
	// the numbers that their unit gives them.
	params uint64
	// known: nothing but the sources and what the parameters are given is in it;
	// with neither the value is harmless.
	known bool
}

var (
	harmless = value{known: true}
	unknown  = value{}
)

func (v value) join(w value) value {
	for t := range v.sources {
		if v.sources[t] == nil {
			v.sources[t] = w.sources[t]
		}
	}
	v.params |= w.params
	v.known = v.known && w.known
	return v
}

// clean reports whether the value is known to hold nothing.
func (v value) clean() bool { return v.known && v.params == 0 && !v.tainted() }

func (v value) tainted() bool { return v.sources != [topics]*Source{} }

// decided reports whether there is nothing left for a name to say.
func (v value) decided(t Topic) bool { return v.known && v.params == 0 || v.sources[t] != nil }

// same reports whether two values say the same.
func (v value) same(w value) bool {
	for t, s := range v.sources {
		if (s == nil) != (w.sources[t] == nil) || s != nil && s.Text != w.sources[t].Text {
			return false
		}
	}
	return v.params == w.params && v.known == w.known
}

// stepped notes a step on the way of every source in the value.
func (v value) stepped(from, to token.Pos, text string) value {
	for t, s := range v.sources {
		if s != nil {
			v.sources[t] = s.through(from, to, text)
		}
	}
	return v
}
