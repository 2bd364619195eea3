package loggers

import (
	"go/ast"
	"go/types"

	"github.com/opslint/opslint/analyzers/internal/reach"
)

// A Caller is a function that refers to another one on a condition.
type Caller struct {
	Func      string // that is referred to
	From      string
	Condition Condition
}

// callers notes who refers on which condition to the functions that do
// something to loggers, or that refer to such functions: what they do is done on
// that condition.
func (g *gatherer) callers() []Caller {
	interesting := make(map[string]bool)
	for _, f := range g.pass.AllPackageFacts() {
		if fact, ok := f.Fact.(*Fact); ok && f.Package != g.pass.Pkg {
			for _, deed := range fact.Deeds {
				interesting[deed.Func] = true
			}
			for _, c := range fact.Callers {
				interesting[c.From] = true
			}
		}
	}
	for n := range g.events {
		interesting[n.ID] = true
	}
	references := g.references()
	for grown := true; grown; {
		grown = false
		for _, c := range references {
			if interesting[c.to] && !interesting[c.from] {
				interesting[c.from], grown = true, true
			}
		}
	}
	var kept []Caller
	for _, c := range references {
		if interesting[c.to] {
			kept = append(kept, Caller{c.to, c.from, g.guards.Of(c.at)})
		}
	}
	return kept
}

// A reference is the name of a function of the user's in another one.
type reference struct {
	to, from string
	at       *ast.Ident
}

// references lists the references of the package, in source order.
func (g *gatherer) references() []reference {
	var list []reference
	for _, file := range g.files {
		ast.Inspect(file, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			fn, ok := g.pass.TypesInfo.Uses[id].(*types.Func)
			if ok && fn.Pkg() != nil && g.own(fn.Pkg()) && !types.IsInterface(recvType(fn)) {
				list = append(list, reference{reach.ID(fn), g.graph.NodeOf(id).ID, id})
			}
			return true
		})
	}
	return list
}

// condition is when a function of a program runs at all, as far as those who
// refer to it say.
func (p *Program) condition(fn string) Condition {
	if c, known := p.conditions[fn]; known {
		return c
	}
	p.conditions[fn] = Condition{} // one that calls itself
	callers := p.callers[fn]
	if len(callers) == 0 {
		return Condition{}
	}
	var first Condition
	for _, caller := range callers {
		c := caller.Condition
		if c.Branch == Always {
			c = p.condition(caller.From)
		}
		if c.Branch == Always {
			p.conditions[fn] = Condition{}
			return Condition{}
		}
		if first.Branch == Always || first.Branch == Development {
			first = c
		}
	}
	p.conditions[fn] = first
	return first
}
