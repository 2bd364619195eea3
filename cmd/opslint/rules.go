package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/opslint/opslint/internal/rule"
)

func newRules() *cobra.Command {
	var f sessionFlags
	var format string
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "List the rules and whether they are switched on here",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := f.open(nil)
			if err != nil {
				return err
			}
			listed := make([]listedRule, 0, len(s.options.Registry.Rules))
			enabled := map[string]bool{}
			for _, r := range s.options.Enabled() {
				enabled[r.ID] = true
			}
			for _, r := range s.options.Registry.Rules {
				severity := r.Severity
				if configured, ok := s.config.Severity(r); ok {
					severity = configured
				}
				listed = append(listed, listedRule{Rule: r, Enabled: enabled[r.ID], Effective: severity})
			}
			return writeListing(cmd.OutOrStdout(), format, listed, printRules)
		},
	}
	f.add(cmd)
	cmd.Flags().StringVarP(&format, "format", "f", "text", "text or json")
	return cmd
}

// writeListing writes what a command lists as text or as JSON.
func writeListing[T any](w io.Writer, format string, listed T, text func(io.Writer, T) error) error {
	switch format {
	case "text":
		return text(w, listed)
	case "json":
		encoder := json.NewEncoder(w)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return encoder.Encode(listed)
	}
	return fmt.Errorf("unknown format %q (text or json)", format)
}

// A listedRule is a rule as this workspace's configuration leaves it.
type listedRule struct {
	*rule.Rule
	Enabled   bool          `json:"enabled"`
	Effective rule.Severity `json:"effective_severity"`
}

func printRules(w io.Writer, rules []listedRule) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	on := 0
	for _, r := range rules {
		state := r.Effective.String()
		if r.Enabled {
			on++
		} else {
			state = "off"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", r.ID, state, strings.Join(r.Clauses, " "), r.Title)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\n%d rules, %d switched on\n", len(rules), on)
	return err
}
