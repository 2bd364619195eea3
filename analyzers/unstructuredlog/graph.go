package unstructuredlog

import (
	"slices"

	"github.com/opslint/opslint/analyzers/internal/reach"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// A Fact is what the functions of a package do to the log.
type Fact struct {
	Deeds reach.Deeds[Event]
}

// AFact marks Fact as a fact.
func (*Fact) AFact() {}

// reached lists what a service does to the log.
func (g *gatherer) reached(service *shutdown.Program) []Event {
	serving := g.graph.Serving(service)
	events := reach.DeedsOf(g.events).In(serving)
	for _, f := range g.pass.AllPackageFacts() {
		if fact, ok := f.Fact.(*Fact); ok && f.Package != g.pass.Pkg {
			events = append(events, fact.Deeds.In(serving)...)
		}
	}
	slices.SortFunc(events, Event.compare)
	return slices.CompactFunc(events, func(a, b Event) bool { return a.compare(b) == 0 })
}
