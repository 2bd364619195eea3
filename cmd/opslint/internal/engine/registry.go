package engine

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/opslint/opslint/analyzers"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/policies"
)

// A Registry is all rules there are: built-in policies, analyzers, and the
// user's own policies.
type Registry struct {
	Rules      []*rule.Rule // ordered by ID
	byID       map[string]*rule.Rule
	policyDirs []string
}

// NewRegistry reads the descriptions of all rules. Directories hold user policies.
func NewRegistry(policyDirs ...string) (*Registry, error) {
	rules, err := policies.Rules(policyDirs...)
	if err != nil {
		return nil, err
	}
	for _, a := range analyzers.All {
		rules = append(rules, a.Rule)
	}
	slices.SortFunc(rules, func(a, b *rule.Rule) int { return cmp.Compare(a.ID, b.ID) })
	g := &Registry{Rules: rules, byID: make(map[string]*rule.Rule, len(rules)), policyDirs: policyDirs}
	for _, r := range rules {
		for _, id := range append([]string{r.ID}, r.Aliases...) {
			if g.byID[id] != nil {
				return nil, fmt.Errorf("two rules are called %s", id)
			}
			g.byID[id] = r
		}
	}
	return g, nil
}

// ByID returns the rule with an ID or former ID, or nil.
func (g *Registry) ByID(id string) *rule.Rule { return g.byID[id] }

// Select returns the rules that a selector covers.
func (g *Registry) Select(selector string) ([]*rule.Rule, error) {
	var selected []*rule.Rule
	names := make([]string, 0, len(g.Rules))
	for _, r := range g.Rules {
		if r.Covers(selector) {
			selected = append(selected, r)
		}
		names = append(names, r.ID)
	}
	if len(selected) == 0 {
		return nil, fmt.Errorf("no rule, family or clause %q%s", selector, rule.Suggest(selector, names))
	}
	return selected, nil
}

// familyActive reports whether a rule on documents of the family is switched on.
func (g *Registry) familyActive(family string, active map[string]bool) bool {
	return slices.ContainsFunc(g.Rules, func(r *rule.Rule) bool {
		return active[r.ID] && r.Documents == family
	})
}

// Enabled returns the rules that run: it applies --only, --skip and the configuration. A rule that --only
// names by its ID runs even if it is opt-in or switched off.
func (o *Options) Enabled() []*rule.Rule {
	return slices.DeleteFunc(slices.Clone(o.Registry.Rules), func(r *rule.Rule) bool {
		named := slices.Contains(o.Only, r.ID)
		chosen := len(o.Only) == 0 || slices.ContainsFunc(o.Only, r.Covers)
		return !chosen || o.families != nil && !slices.Contains(o.families, r.Documents) && !slices.Contains(o.families, r.Family()) || slices.ContainsFunc(o.Skip, r.Covers) || !named && !o.Config.Enabled(r)
	})
}

// Parameters returns the complete parameters of a rule.
func (o *Options) Parameters(id string) map[string]any {
	if r := o.Registry.ByID(id); r != nil {
		return o.Config.Parameters(r)
	}
	return nil
}
