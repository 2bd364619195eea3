package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/opslint/opslint/cmd/opslint/internal/config"
)

func newConfig() *cobra.Command {
	cmd := &cobra.Command{Use: "config", Short: "Verify, show or describe the configuration", Args: cobra.NoArgs, RunE: needsSubcommand}
	cmd.AddCommand(newConfigVerify(), newConfigShow(), newConfigSchema())
	return cmd
}

// needsSubcommand prints the help and fails: a script that forgot a word should
// not look as if it succeeded.
func needsSubcommand(cmd *cobra.Command, _ []string) error {
	if err := cmd.Help(); err != nil {
		return err
	}
	return fmt.Errorf("%s needs a subcommand", cmd.CommandPath())
}

func newConfigVerify() *cobra.Command {
	var f sessionFlags
	cmd := &cobra.Command{
		Use:   "verify [path…]",
		Short: "Check the configuration that applies to the paths",
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := f.open(args)
			if err != nil {
				return err
			}
			if s.config.Path == "" {
				_, err = fmt.Fprintf(cmd.OutOrStdout(), "no %s: the defaults apply\n", config.Name)
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s is valid\n", display(s.config.Path))
			return err
		},
	}
	f.add(cmd)
	return cmd
}

func newConfigShow() *cobra.Command {
	var f sessionFlags
	cmd := &cobra.Command{
		Use:   "show [path…]",
		Short: "Print the settings in force, defaults included, as a configuration file",
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := f.open(args)
			if err != nil {
				return err
			}
			text, err := s.config.Effective(s.options.Registry.Rules)
			if err != nil {
				return err
			}
			origin := "defaults"
			if s.config.Path != "" {
				origin = display(s.config.Path)
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "# in force here, from %s\n%s", origin, text)
			return err
		},
	}
	f.add(cmd)
	return cmd
}

func newConfigSchema() *cobra.Command {
	var f sessionFlags
	cmd := &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of " + config.Name,
		Long: "Print the JSON Schema of " + config.Name + `, your own policies included.
Editors use it after a first line such as

  # yaml-language-server: $schema=.opslint.schema.json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := f.open(nil)
			if err != nil {
				return err
			}
			text, err := config.Schema(s.options.Registry.Rules)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(cmd.OutOrStdout(), strings.TrimSpace(text))
			return err
		},
	}
	f.add(cmd)
	return cmd
}
