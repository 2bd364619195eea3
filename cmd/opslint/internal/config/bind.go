package config

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/opslint/opslint/internal/rule"
)

// Bind checks what the file says about rules against those that exist. The
// error joins one *[Error] for each mistake.
func (c *Config) Bind(rules []*rule.Rule) error {
	var errs []error
	fail := func(p place, format string, args ...any) {
		errs = append(errs, &Error{File: c.Path, Line: p.line, Column: p.column, Message: fmt.Sprintf(format, args...)})
	}
	for _, s := range c.Rules {
		covered := covered(rules, s.Selector)
		if len(covered) == 0 {
			fail(s.place, "no rule, family or clause %q%s", s.Selector, rule.Suggest(s.Selector, ids(rules)))
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(s.Parameters)) {
			if err := checkParameter(covered, name, s.Parameters[name]); err != nil {
				fail(s.places[name], "%v", err)
			}
		}
	}
	for _, i := range c.Ignore {
		if len(covered(rules, i.Rule)) == 0 {
			fail(i.place, "no rule, family or clause %q%s", i.Rule, rule.Suggest(i.Rule, ids(rules)))
		}
	}
	return errors.Join(errs...)
}

func checkParameter(rules []*rule.Rule, name string, value any) error {
	known := []string{"severity", "exclude"}
	found := false
	for _, r := range rules {
		for _, p := range r.Parameters {
			known = append(known, p.Name)
			if p.Name != name {
				continue
			}
			found = true
			if _, err := p.Convert(value); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	if !found {
		return fmt.Errorf("%s has no parameter %q%s", rules[0].ID, name, rule.Suggest(name, known))
	}
	return nil
}

func covered(rules []*rule.Rule, selector string) []*rule.Rule {
	return slices.DeleteFunc(slices.Clone(rules), func(r *rule.Rule) bool { return !r.Covers(selector) })
}

func ids(rules []*rule.Rule) []string {
	list := make([]string, len(rules))
	for i, r := range rules {
		list[i] = r.ID
	}
	return list
}
