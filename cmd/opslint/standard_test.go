package main

import (
	"strings"
	"testing"

	"github.com/opslint/opslint/internal/standard"
)

// Whatever has been built meanwhile, a rule that has not says so.
func TestRuleNotBuiltYet(t *testing.T) {
	s, err := (&sessionFlags{noConfig: true}).open(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &standard.Clause{ID: "OPS-0.0", Text: "A demand", Level: standard.Static, Rules: []string{"acme/nobody-wrote-this", "go/unhandled-sigterm"}}
	rules := rulesBehind(s)(c)

	var text strings.Builder
	if err := explainClause(&text, c, rules); err != nil {
		t.Fatal(err)
	}
	inOrder(t, text.String(), "Rules behind OPS-0.0, 1 of 2 built:", "  go/unhandled-sigterm ", " error ", "  acme/nobody-wrote-this ", " not built yet\n")

	text.Reset()
	if err := printStandard(&text, listedStandard{Name: "Acme", Clauses: []listedClause{{c, rules}}}); err != nil {
		t.Fatal(err)
	}
	inOrder(t, text.String(), "OPS-0.0", " on ", "go/unhandled-sigterm\n", " not built yet ", "acme/nobody-wrote-this\n",
		"1 clauses (1 static, 0 partial, 0 manual) and 2 rules (1 on, 0 off here, 1 not built yet)\n")
}

// inOrder checks that a text has the parts, one after the other.
func inOrder(t *testing.T, text string, parts ...string) {
	t.Helper()
	rest := text
	for _, part := range parts {
		_, after, found := strings.Cut(rest, part)
		if !found {
			t.Fatalf("%q does not follow in\n%s", part, text)
		}
		rest = after
	}
}
