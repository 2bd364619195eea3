package loggers

import (
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// A Program is what a service does to loggers while it serves.
type Program struct {
	// Events are in the order of packages, files and lines. What their values
	// refer to is resolved.
	Events []Event
	// Keys are the constant keys of the attributes that it logs, sorted.
	Keys []string
	// Replaced: a logger that is kept in a variable of a package may be replaced
	// by one that is not known.
	Replaced bool

	main  shutdown.Site
	path  string
	flows map[string][]Value
	made  map[shutdown.Site]*Event

	callers    map[string][]Caller  // by the function that is referred to
	conditions map[string]Condition // memo
}

func newProgram(pass *analysis.Pass, graph *reach.Result, service *shutdown.Program, own *Fact) *Program {
	p := &Program{
		main: graph.Span(graph.Main), path: pass.Pkg.Path(),
		flows: make(map[string][]Value), made: make(map[shutdown.Site]*Event),
		callers: make(map[string][]Caller), conditions: make(map[string]Condition),
	}
	facts := []*Fact{own}
	for _, f := range pass.AllPackageFacts() {
		if fact, ok := f.Fact.(*Fact); ok && f.Package != pass.Pkg {
			facts = append(facts, fact)
		}
	}
	p.take(facts, graph.Serving(service))
	for i := range p.Events {
		e := &p.Events[i]
		e.Base, e.Writer, e.Levels, e.Keys = p.resolve(e.Base), p.resolve(e.Writer), p.resolve(e.Levels), p.resolve(e.Keys)
		p.made[e.Site] = e
	}
	p.Replaced = p.replaced()
	return p
}

// take puts together what the packages of a program know of the functions that it
// runs while it serves.
func (p *Program) take(facts []*Fact, serving map[string]bool) {
	keys := make(map[string]bool)
	for _, fact := range facts {
		for _, key := range fact.Keys {
			keys[key] = true
		}
		for _, c := range fact.Callers {
			if serving[c.From] {
				p.callers[c.Func] = append(p.callers[c.Func], c)
			}
		}
	}
	p.Keys = slices.Sorted(maps.Keys(keys))
	var flows []Event
	for _, fact := range facts {
		for _, deed := range fact.Deeds {
			if !serving[deed.Func] {
				continue
			}
			c := p.condition(deed.Func)
			for _, e := range deed.Events {
				if e.Condition.Branch == Always {
					e.Condition = c
				}
				if e.Kind == flow {
					flows = append(flows, e)
				} else {
					p.Events = append(p.Events, e)
				}
			}
		}
	}
	slices.SortStableFunc(p.Events, Event.compare)
	slices.SortStableFunc(flows, Event.compare)
	for _, e := range flows {
		p.flows[e.Text] = append(p.flows[e.Text], e.Base)
	}
}

// replaced reports whether a variable of a package holds a logger that the
// program makes, or another one.
func (p *Program) replaced() bool {
	for slot, values := range p.flows {
		if slot[0] != byte(wantLogger) || !isVariable(slot) {
			continue
		}
		made, other := false, false
		for _, value := range values {
			value = p.resolve(value)
			made, other = made || value.Has(Made), other || value.Has(Unknown)
		}
		if made && other {
			return true
		}
	}
	return false
}

// isVariable reports whether a slot is a variable of a package: not a parameter,
// a result or a field.
func isVariable(slot string) bool {
	name := slot[strings.LastIndexByte(slot, '/')+1:]
	return !strings.ContainsAny(name, "#()") && strings.Count(name, ".") == 1
}

// resolve replaces references by what they refer to.
func (p *Program) resolve(v Value) Value {
	if v == nil {
		return nil
	}
	return p.resolved(v, make(map[string]bool))
}

func (p *Program) resolved(v Value, open map[string]bool) Value {
	list := Value{}
	for _, s := range v {
		slot := s.Slot
		if s.Origin == ref {
			slot = s.Text
		}
		switch {
		case slot == "":
			list = append(list, s)
		case open[slot]:
		case len(p.flows[slot]) == 0:
			list = append(list, p.unresolved(s))
		default:
			open[slot] = true
			for _, value := range p.flows[slot] {
				for _, found := range under(p.resolved(value, open), s.Condition) {
					if s.Slot != "" {
						found = found.opened()
						found.Site, found.Via = s.Site, s.Via
					}
					if found.Via == (shutdown.Site{}) {
						found.Via = s.Via
					}
					list = append(list, found)
				}
			}
			delete(open, slot)
		}
	}
	return list
}

// unresolved is what a source is if nobody knows what it refers to.
func (p *Program) unresolved(s Source) Source {
	if s.Origin == ref {
		s.Origin, s.Text = Unknown, ""
	}
	s.Slot = ""
	return s
}

// A Chain is what a logger is made of.
type Chain struct {
	// Makers are the events that make the logger and what it writes through.
	Makers []*Event
	// Keys are the attributes that are bound to it.
	Keys []string
	// Open: there is more to it than is known.
	Open bool
}

// Chain follows a logger back to where it is made.
func (p *Program) Chain(base Value) Chain {
	var c Chain
	p.follow(base, &c, make(map[*Event]bool))
	return c
}

func (p *Program) follow(base Value, c *Chain, seen map[*Event]bool) {
	for _, s := range base {
		switch s.Origin {
		case Made:
			e := p.made[s.Site]
			if e == nil {
				c.Open = true
				continue
			}
			if seen[e] {
				continue
			}
			seen[e] = true
			c.Makers = append(c.Makers, e)
			c.take(e.Keys)
			p.follow(e.Base, c, seen)
		case Standard, Nowhere:
		case Constant: // nil
		default:
			c.Open = true
		}
	}
}

func (c *Chain) take(keys Value) {
	for _, s := range keys {
		switch s.Origin {
		case Constant:
			c.Keys = append(c.Keys, s.Text)
		case Nowhere:
		default:
			c.Open = true
		}
	}
}

// Bound returns the attributes that are bound to any logger when the program is
// set up, rather than for one request. Open tells whether there may be more.
func (p *Program) Bound() (keys []string, open bool) {
	var c Chain
	for i := range p.Events {
		if e := &p.Events[i]; !e.Request {
			c.take(e.Keys)
		}
	}
	return c.Keys, c.Open
}

// First returns the first of some events: one of function main if there is one,
// else of its package.
func (p *Program) First(is func(*Event) bool) *Event {
	var first *Event
	rank := 0
	for i := range p.Events {
		e := &p.Events[i]
		if own := p.rank(e); is(e) && own > rank {
			first, rank = e, own
		}
	}
	return first
}

func (p *Program) rank(e *Event) int {
	switch {
	case p.main.Holds(e.Site):
		return 3
	case e.Site.Package == p.path:
		return 2
	}
	return 1
}
