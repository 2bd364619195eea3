package reach

import (
	"cmp"
	"slices"
)

// Deeds is what the functions of a package do, as far as it matters to a rule,
// ordered by function: what such a rule exports as a fact.
type Deeds[E any] []Deed[E]

// A Deed is what one function does: see [Node] for its ID.
type Deed[E any] struct {
	Func   string
	Events []E
}

// DeedsOf makes Deeds of what the nodes of a package do.
func DeedsOf[E any](events map[*Node][]E) Deeds[E] {
	var deeds Deeds[E]
	for n, list := range events {
		deeds = append(deeds, Deed[E]{n.ID, list})
	}
	slices.SortFunc(deeds, func(a, b Deed[E]) int { return cmp.Compare(a.Func, b.Func) })
	return deeds
}

// In returns the events of the functions that a program runs, by ID: see
// [Result.Serving].
func (d Deeds[E]) In(running map[string]bool) []E {
	var events []E
	for _, deed := range d {
		if running[deed.Func] {
			events = append(events, deed.Events...)
		}
	}
	return events
}
