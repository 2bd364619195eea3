package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/opslint/opslint/policies"
)

func newPolicy() *cobra.Command {
	cmd := &cobra.Command{Use: "policy", Short: "Work on your own policies", Args: cobra.NoArgs, RunE: needsSubcommand}
	cmd.AddCommand(newPolicyTest())
	return cmd
}

func newPolicyTest() *cobra.Command {
	var verbose bool
	cmd := &cobra.Command{
		Use:   "test DIR…",
		Short: "Run the _test.rego files of policies",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			result, err := policies.Test(cmd.Context(), args)
			if err != nil {
				return err
			}
			out := cmd.OutOrStdout()
			passed, failed := 0, 0
			for _, test := range result.Cases {
				switch {
				case test.Skipped:
					fmt.Fprintf(out, "skip  %s:%d %s\n", test.File, test.Line, test.Name)
				case test.Passed:
					passed++
					if verbose {
						fmt.Fprintf(out, "ok    %s\n", test.Name)
					}
				default:
					failed++
					fmt.Fprintf(out, "FAIL  %s:%d %s\n", test.File, test.Line, test.Name)
					for line := range strings.Lines(test.Detail) {
						fmt.Fprintf(out, "      %s\n", strings.TrimRight(line, "\n"))
					}
				}
			}
			if passed+failed == 0 {
				return errors.New("no tests: write rules whose names begin with test_ into files that end in _test.rego")
			}
			if _, err := fmt.Fprintf(out, "%d passed, %d failed\n", passed, failed); err != nil {
				return err
			}
			if failed > 0 {
				return exitFindings
			}
			return nil
		},
	}
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "name the tests that pass")
	return cmd
}
