package engine

import (
	"maps"
	"slices"
	"testing"

	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/standard"
)

// Rule and clause name each other, and agree on what runs by default.
func TestRulesAndClausesAgree(t *testing.T) {
	all, registry := standard.Default(), builtinRegistry(t)
	for _, r := range registry.Rules {
		for _, id := range r.Clauses {
			switch c := all.Clause(id); {
			case c == nil:
				t.Errorf("%s: %s is no clause of the standard%s", r.ID, id, rule.Suggest(id, all.IDs()))
			case !slices.Contains(c.Rules, r.ID):
				t.Errorf("%s decides %s, which does not name it", r.ID, id)
			case slices.Contains(c.OffByDefault, r.ID) != r.OptIn:
				t.Errorf("%s: opt-in is %v, but %s says otherwise", r.ID, r.OptIn, id)
			}
		}
	}
	for _, c := range all.Clauses {
		for _, id := range c.Rules {
			if r := registry.ByID(id); r != nil && !r.Covers(c.ID) {
				t.Errorf("%s names %s, which decides only %v", c.ID, id, r.Clauses)
			}
		}
	}
}

// Rules that clauses name and nobody has built yet are told with -v; they are no
// fault. Those of families that exist come first in line.
func TestRulesNotBuiltYet(t *testing.T) {
	registry := builtinRegistry(t)
	missing, built := map[string][]string{}, map[string]int{}
	for _, c := range standard.Default().Clauses {
		for _, id := range c.Rules {
			family := (&rule.Rule{ID: id}).Family()
			if registry.ByID(id) != nil {
				built[family]++
			} else if !slices.Contains(missing[family], id) {
				missing[family] = append(missing[family], id)
			}
		}
	}
	if len(built) == 0 {
		t.Error("the standard names no rule that exists")
	}
	for _, family := range slices.Sorted(maps.Keys(missing)) {
		t.Logf("%s, %d not built yet: %v", family, len(missing[family]), missing[family])
	}
}

func builtinRegistry(t *testing.T) *Registry {
	t.Helper()
	registry, err := NewRegistry()
	if err != nil {
		t.Fatal(err)
	}
	return registry
}
