package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/opslint/opslint/cmd/opslint/internal/engine"
)

// defaultBaseline is the file when neither flag nor configuration names one.
const defaultBaseline = ".opslint-baseline.json"

func newBaseline() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "baseline",
		Short: "Accept today's findings, so that only new ones count",
		Long: `A baseline is a file that names accepted findings by rule, file and subject, not
by line. Check takes it by --baseline, or by the key "baseline" of the
configuration.`,
		Args: cobra.NoArgs,
		RunE: needsSubcommand,
	}
	cmd.AddCommand(newBaselineCreate(), newBaselineUpdate())
	return cmd
}

func newBaselineCreate() *cobra.Command {
	var f sessionFlags
	var file string
	var force bool
	cmd := &cobra.Command{
		Use:   "create [path…]",
		Short: "Write a baseline of all findings",
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := f.open(args)
			if err != nil {
				return err
			}
			name := s.baselineOrDefault(file)
			if _, err := os.Stat(name); err == nil && !force {
				return fmt.Errorf("%s exists: opslint baseline update drops what is fixed, --force accepts everything anew", display(name))
			}
			current, err := s.currentBaseline(cmd)
			if err != nil {
				return err
			}
			if err := current.Write(name); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s accepts %d findings\n", display(name), current.Len())
			return err
		},
	}
	f.add(cmd)
	cmd.Flags().StringVar(&file, "baseline", "", "`file` to write (default "+defaultBaseline+")")
	cmd.Flags().BoolVar(&force, "force", false, "replace a baseline that exists")
	return cmd
}

func newBaselineUpdate() *cobra.Command {
	var f sessionFlags
	var file string
	cmd := &cobra.Command{
		Use:   "update [path…]",
		Short: "Drop what is fixed from the baseline; it never accepts anything new",
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := f.open(args)
			if err != nil {
				return err
			}
			name := s.baselineOrDefault(file)
			b, err := engine.ReadBaseline(name)
			if err != nil {
				return err
			}
			current, err := s.currentBaseline(cmd)
			if err != nil {
				return err
			}
			before := b.Len()
			b.Shrink(current)
			if err := b.Write(name); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s accepts %d findings, %d fewer than before\n", display(name), b.Len(), before-b.Len())
			return err
		},
	}
	f.add(cmd)
	cmd.Flags().StringVar(&file, "baseline", "", "`file` to update (default "+defaultBaseline+")")
	return cmd
}

func (s *session) baselineOrDefault(flag string) string {
	if name := s.baselineFile(flag); name != "" {
		return name
	}
	return defaultBaseline
}

// currentBaseline checks the workspace. An incomplete run makes no baseline: it
// would drop or miss what could not be checked.
func (s *session) currentBaseline(cmd *cobra.Command) (*engine.Baseline, error) {
	run, err := engine.Check(cmd.Context(), s.workspace, s.options)
	if err != nil {
		return nil, err
	}
	if run.Incomplete() {
		for _, n := range run.Notices {
			if n.Incomplete {
				fmt.Fprintf(cmd.ErrOrStderr(), "opslint: %s\n", n.String())
			}
		}
		return nil, errors.New("not everything could be checked, so the baseline was not written")
	}
	return engine.NewBaseline(run.Findings), nil
}
