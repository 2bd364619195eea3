package main

import "github.com/spf13/cobra"

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "opslint",
		Short: "Check a repository against the operations standard",
		Long: `opslint reads Go source, Kubernetes manifests, Dockerfiles and Terraform and says
where they break the operations standard: graceful shutdown, JSON logs without
secrets, probes, autoscaling, backups.

Nothing in the repository is executed and nothing is fetched from a network.`,
		Example: `  opslint check                  everything below the working directory
  opslint check -f sarif deploy  one directory, as SARIF
  opslint explain kubernetes/missing-readiness-probe`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		Version:       version(),
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetVersionTemplate("opslint {{.Version}}\n")
	root.AddCommand(
		newCheck(),
		newExplain(),
		newRules(),
		newStandard(),
		newConfig(),
		newBaseline(),
		newPolicy(),
		newVersion(),
	)
	return root
}
