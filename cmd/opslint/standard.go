package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/standard"
)

func newStandard() *cobra.Command {
	var f sessionFlags
	var format string
	cmd := &cobra.Command{
		Use:   "standard",
		Short: "List the clauses of the standard and the rules behind each",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := f.open(nil)
			if err != nil {
				return err
			}
			listed := listStandard(s)
			return writeListing(cmd.OutOrStdout(), format, listed, printStandard)
		},
	}
	f.add(cmd)
	cmd.Flags().StringVarP(&format, "format", "f", "text", "text or json")
	return cmd
}

// A listedStandard is the standard as the rules there are and this workspace's
// configuration leave it.
type listedStandard struct {
	Name    string           `json:"name"`
	Numbers standard.Numbers `json:"numbers"`
	Clauses []listedClause   `json:"clauses"`
}

type listedClause struct {
	*standard.Clause
	Rules []clauseRule `json:"rules"` // in place of the mere IDs
}

// A clauseRule is a rule behind a clause.
type clauseRule struct {
	ID      string `json:"id"`
	Title   string `json:"title,omitempty"`
	Built   bool   `json:"built"`
	Enabled bool   `json:"enabled"`

	severity rule.Severity
}

func listStandard(s *session) listedStandard {
	all := standard.Default()
	listed := listedStandard{Name: all.Name, Numbers: all.Numbers}
	behind := rulesBehind(s)
	for _, c := range all.Clauses {
		listed.Clauses = append(listed.Clauses, listedClause{c, behind(c)})
	}
	return listed
}

// rulesBehind returns a function that returns the rules behind a clause: those
// that the standard names, in its order, then the user's own.
func rulesBehind(s *session) func(*standard.Clause) []clauseRule {
	enabled := map[string]bool{}
	for _, r := range s.options.Enabled() {
		enabled[r.ID] = true
	}
	built := func(r *rule.Rule) clauseRule {
		severity := r.Severity
		if configured, ok := s.config.Severity(r); ok && configured != rule.Off {
			severity = configured
		}
		return clauseRule{r.ID, r.Title, true, enabled[r.ID], severity}
	}
	return func(c *standard.Clause) []clauseRule {
		rules := []clauseRule{}
		for _, id := range c.Rules {
			if r := s.options.Registry.ByID(id); r != nil {
				rules = append(rules, built(r))
			} else {
				rules = append(rules, clauseRule{ID: id})
			}
		}
		for _, r := range s.options.Registry.Rules {
			if r.Covers(c.ID) && !slices.ContainsFunc(rules, func(known clauseRule) bool { return known.ID == r.ID }) {
				rules = append(rules, built(r))
			}
		}
		return rules
	}
}

// state says whether a rule behind a clause runs here.
func (r clauseRule) state() string {
	switch {
	case !r.Built:
		return "not built yet"
	case !r.Enabled:
		return "off here"
	}
	return "on"
}

// states are those of clauseRule.state, in the order of the listing.
var states = []string{"on", "off here", "not built yet"}

func printStandard(w io.Writer, listed listedStandard) error {
	var b strings.Builder
	b.WriteString(listed.Name + "\n")
	headings := ""
	for _, c := range listed.Clauses {
		if above := c.Source[:max(strings.LastIndex(c.Source, " > "), 0)]; above != headings {
			headings = above
			fmt.Fprintf(&b, "\n%s\n\n", headings)
		}
		fmt.Fprintf(&b, "  %-10s %-8s %s\n", c.ID, c.Level, c.Text)
		writeWrapped(&b, "rolls up", c.RollUpOf)
		for _, state := range states {
			var ids []string
			for _, r := range c.Rules {
				if r.state() == state {
					ids = append(ids, r.ID)
				}
			}
			writeWrapped(&b, state, ids)
		}
	}
	b.WriteString("\nNumbers\n\n")
	for _, n := range listed.Numbers {
		fmt.Fprintf(&b, "  %-20s %-7s %s\n", n.Name, n, n.Meaning)
	}
	b.WriteString(summarize(listed))
	_, err := io.WriteString(w, b.String())
	return err
}

// summarize counts clauses by level and rules, each once, by state.
func summarize(listed listedStandard) string {
	levels, seen, counts := map[standard.Level]int{}, map[string]bool{}, map[string]int{}
	for _, c := range listed.Clauses {
		levels[c.Level]++
		for _, r := range c.Rules {
			if !seen[r.ID] {
				seen[r.ID] = true
				counts[r.state()]++
			}
		}
	}
	parts := make([]string, len(states))
	for i, state := range states {
		parts[i] = fmt.Sprintf("%d %s", counts[state], state)
	}
	return fmt.Sprintf("\n%d clauses (%d static, %d partial, %d manual) and %d rules (%s)\n", len(listed.Clauses),
		levels[standard.Static], levels[standard.Partial], levels[standard.Manual], len(seen), strings.Join(parts, ", "))
}

// writeWrapped writes a label and words beside it, in lines of about a hundred
// columns.
func writeWrapped(b *strings.Builder, label string, words []string) {
	const indent, width = 28, 100
	column := width
	for i, word := range words {
		switch {
		case i == 0:
			column, _ = fmt.Fprintf(b, "%*s%-*s", 13, "", indent-13, label)
		case column+len(", ")+len(word) > width:
			column, _ = fmt.Fprintf(b, ",\n%*s", indent, "")
			column -= len(",\n")
		default:
			column += len(", ")
			b.WriteString(", ")
		}
		b.WriteString(word)
		column += len(word)
	}
	if len(words) > 0 {
		b.WriteByte('\n')
	}
}

// clauseText is what reports say about a clause.
func clauseText(id string) string {
	if c := standard.Default().Clause(id); c != nil {
		return c.Text
	}
	return ""
}
