package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/opslint/opslint/cmd/opslint/internal/config"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/standard"
)

func newExplain() *cobra.Command {
	var f sessionFlags
	cmd := &cobra.Command{
		Use:     "explain RULE|FAMILY|CLAUSE",
		Short:   "Explain a rule (why, how to fix, examples, parameters) or a clause",
		Example: "  opslint explain kubernetes/missing-readiness-probe\n  opslint explain OPS-9.3",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := f.open(nil)
			if err != nil {
				return err
			}
			if c := standard.Default().Clause(args[0]); c != nil {
				return explainClause(cmd.OutOrStdout(), c, rulesBehind(s)(c))
			}
			rules, err := s.options.Registry.Select(args[0])
			if err != nil {
				return suggestClause(args[0], err)
			}
			if len(rules) == 1 {
				return explainRule(cmd.OutOrStdout(), rules[0], s.config)
			}
			return explainSeveral(cmd.OutOrStdout(), args[0], rules)
		},
		ValidArgsFunction: func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
			s, err := f.open(nil)
			if err != nil {
				return nil, cobra.ShellCompDirectiveError
			}
			var names []string
			for _, r := range s.options.Registry.Rules {
				names = append(names, r.ID+"\t"+r.Title)
			}
			for _, c := range standard.Default().Clauses {
				names = append(names, c.ID+"\t"+c.Text)
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
	}
	f.add(cmd)
	return cmd
}

func explainRule(w io.Writer, r *rule.Rule, c *config.Config) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n\n", r.ID, r.Title)
	fmt.Fprintf(&b, "  severity  %s", r.Severity)
	if configured, ok := c.Severity(r); ok && configured != r.Severity {
		fmt.Fprintf(&b, ", here %s", configured)
	}
	if !c.Enabled(r) {
		b.WriteString(" (switched off here)")
	}
	fmt.Fprintf(&b, "\n  clauses   %s\n", strings.Join(r.Clauses, ", "))
	if len(r.Kinds) > 0 {
		fmt.Fprintf(&b, "  looks at  %s\n", strings.Join(r.Kinds, ", "))
	}
	fmt.Fprintf(&b, "\n%s\n\nFix: %s\n", strings.TrimSpace(r.Description), r.Remedy)
	if len(r.Parameters) > 0 {
		b.WriteString("\nParameters:\n")
		values := c.Parameters(r)
		for _, p := range r.Parameters {
			fmt.Fprintf(&b, "  %s = %s  %s\n", p.Name, p.Format(values[p.Name]), p.Description)
		}
	}
	for _, file := range r.Example.Files {
		title := "Good"
		if file.Bad {
			title = "Bad"
		}
		fmt.Fprintf(&b, "\n%s, %s:\n\n", title, file.Name)
		for line := range strings.Lines(file.Content) {
			b.WriteString("    " + line)
		}
	}
	if !r.Custom {
		fmt.Fprintf(&b, "\n%s%s.md\n", documentation, r.ID)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func explainSeveral(w io.Writer, selector string, rules []*rule.Rule) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s is decided by %d rules; explain one of them:\n\n", selector, len(rules))
	for _, r := range rules {
		fmt.Fprintf(&b, "  %-48s %-8s %s\n", r.ID, r.Severity, r.Title)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func explainClause(w io.Writer, c *standard.Clause, rules []clauseRule) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n\n", c.ID, c.Text)
	fmt.Fprintf(&b, "  level     %s: %s\n", c.Level, c.Level.Meaning())
	fmt.Fprintf(&b, "  severity  %s\n", c.Severity)
	if c.Source != "" {
		fmt.Fprintf(&b, "  source    %s\n", c.Source)
	}
	if c.Example {
		b.WriteString("  example   from a code sample of the standard, so one way among others\n")
	}
	if len(c.Artifacts) > 0 {
		fmt.Fprintf(&b, "  looks at  %s\n", strings.Join(c.Artifacts, ", "))
	}
	if len(c.RollUpOf) > 0 {
		fmt.Fprintf(&b, "  rolls up  %s\n", strings.Join(c.RollUpOf, ", "))
	}
	for _, part := range []struct{ title, text string }{
		{"What holds", c.Semantics},
		{"A pass records", c.PassEvidence},
		{"Not applicable when", c.NotApplicableWhen},
	} {
		if part.text != "" {
			fmt.Fprintf(&b, "\n%s: %s\n", part.title, part.text)
		}
	}
	writeRulesBehind(&b, c, rules)
	if passage := standard.Default().Passage(c); passage != "" {
		b.WriteString("\nIn the standard's words:\n\n")
		for line := range strings.Lines(passage) {
			b.WriteString("    " + line)
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeRulesBehind(b *strings.Builder, c *standard.Clause, rules []clauseRule) {
	built := 0
	for _, r := range rules {
		if r.Built {
			built++
		}
	}
	switch {
	case len(rules) > 0:
		fmt.Fprintf(b, "\nRules behind %s, %d of %d built:\n\n", c.ID, built, len(rules))
	case len(c.RollUpOf) > 0:
		fmt.Fprintf(b, "\nNo rule of its own decides %s.\n", c.ID)
	default:
		fmt.Fprintf(b, "\nNo rule decides %s.\n", c.ID)
	}
	for _, r := range rules {
		if r.Built && r.Enabled {
			fmt.Fprintf(b, "  %-48s %-8s %s\n", r.ID, r.severity, r.Title)
		} else if r.Built {
			fmt.Fprintf(b, "  %-48s %-8s %s\n", r.ID, r.state(), r.Title)
		}
	}
	for _, r := range rules {
		if !r.Built {
			fmt.Fprintf(b, "  %-48s %s\n", r.ID, r.state())
		}
	}
}

// suggestClause tells who wrote something like a clause which one it may be.
func suggestClause(id string, err error) error {
	id = strings.ToUpper(id)
	if suggestion := rule.Suggest(id, standard.Default().IDs()); suggestion != "" && standard.IsID(id) {
		return fmt.Errorf("no clause %q%s", id, suggestion)
	}
	return err
}
