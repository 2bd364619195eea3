package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/opslint/opslint/cmd/opslint/internal/engine"
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/report"
)

type checkFlags struct {
	session         sessionFlags
	format          string
	outputs         []string
	failOn          string
	baseline        string
	newFrom         string
	staged          bool
	stdinName       string
	color           string
	quiet, verbose  bool
	showSuppressed  bool
	showUndecided   bool
	category        string
	noLimits        bool
	allowIncomplete bool
	fix, diff       bool
	unsafeFixes     bool
}

func newCheck() *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:   "check [path…]",
		Short: "Check everything below the paths",
		Long: `Check everything below the paths (default: the working directory): Go packages,
Kubernetes manifests, Dockerfiles, Terraform.

A directory is checked as it stands. A file is checked in the context of its
repository, and only its own findings are reported.

Exit code: 0 nothing at or above --fail-on, 1 findings, 2 could not run or not
completely.`,
		Example: `  opslint check
  opslint check deploy infra --fail-on warning
  opslint check -o sarif=opslint.sarif -o json=opslint.json
  opslint check --new-from-rev origin/main
  opslint check --fix
  opslint check --only OPS-9.3,kubernetes/*`,
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args) },
	}
	f.session.add(cmd)
	flags := cmd.Flags()
	flags.StringVarP(&f.format, "format", "f", "text", "what to print: "+strings.Join(report.Names(), ", "))
	flags.StringArrayVarP(&f.outputs, "output", "o", nil, "write another report: `FORMAT=FILE` (repeatable)")
	flags.StringVar(&f.failOn, "fail-on", "", "lowest `severity` that makes the exit code 1: error (default), warning, note, never")
	flags.StringVar(&f.baseline, "baseline", "", "accept the findings in this `file`")
	flags.StringVar(&f.newFrom, "new-from-rev", "", "report only what `revision` does not have")
	flags.BoolVar(&f.staged, "staged", false, "check what is staged and report only what HEAD does not have")
	flags.StringVar(&f.stdinName, "stdin-filename", "", "check standard input as if it were this `file`")
	flags.StringVar(&f.color, "color", "auto", "auto, always or never")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "one line a finding")
	flags.BoolVarP(&f.verbose, "verbose", "v", false, "also what is suppressed or undetermined")
	flags.BoolVar(&f.showSuppressed, "show-suppressed", false, "put suppressed findings into reports")
	flags.BoolVar(&f.showUndecided, "show-undetermined", false, "put what could not be decided into SARIF")
	flags.StringVar(&f.category, "sarif-category", "", "`name` of this analysis among several of one commit in SARIF")
	flags.BoolVar(&f.noLimits, "no-limits", false, "write SARIF and Markdown whole, though GitHub refuses large ones")
	flags.BoolVar(&f.fix, "fix", false, "apply the fixes that are safe and report what remains")
	flags.BoolVar(&f.diff, "diff", false, "print what --fix would change instead of a report")
	flags.BoolVar(&f.unsafeFixes, "unsafe-fixes", false, "with --fix or --diff, also fixes that want a second look")
	flags.BoolVar(&f.allowIncomplete, "allow-incomplete", false, "exit 0 although something could not be checked")
	cmd.MarkFlagsMutuallyExclusive("quiet", "verbose")
	cmd.MarkFlagsMutuallyExclusive("staged", "new-from-rev", "stdin-filename")
	cmd.MarkFlagsMutuallyExclusive("fix", "diff")
	cmd.MarkFlagsMutuallyExclusive("fix", "staged")
	cmd.MarkFlagsMutuallyExclusive("fix", "stdin-filename")
	return cmd
}

func (f *checkFlags) run(cmd *cobra.Command, paths []string) error {
	outputs, err := f.parseOutputs()
	if err != nil {
		return err
	}
	s, err := f.open(cmd, paths)
	if err != nil {
		return err
	}
	s.options.Describe = f.verbose && slices.ContainsFunc(append(outputs, output{format: f.format}), func(o output) bool { return o.format == "json" })
	failOn, err := parseFailOn(f.failOn, s.config.FailOn)
	if err != nil {
		return err
	}
	check := func() (*finding.Run, error) { return f.check(cmd.Context(), s) }
	run, err := check()
	if err != nil {
		return err
	}
	if f.fix {
		if run, err = f.fixAll(s, run, check, cmd.ErrOrStderr()); err != nil {
			return err
		}
	}
	for _, out := range outputs {
		if err := writeFile(out, run, f.reportOptions(s, nil)); err != nil {
			return err
		}
	}
	if f.diff {
		err = f.writeDiff(cmd.OutOrStdout(), run)
	} else {
		err = report.Write(cmd.OutOrStdout(), f.format, run, f.reportOptions(s, cmd.OutOrStdout()))
	}
	if err != nil {
		return err
	}
	return exitCode(run, failOn, f.allowIncomplete)
}

func (f *checkFlags) check(ctx context.Context, s *session) (*finding.Run, error) {
	switch {
	case f.staged:
		return engine.CheckNew(ctx, s.workspace, s.options, "HEAD", true)
	case f.newFrom != "":
		return engine.CheckNew(ctx, s.workspace, s.options, f.newFrom, false)
	}
	return engine.Check(ctx, s.workspace, s.options)
}

func (f *checkFlags) open(cmd *cobra.Command, paths []string) (*session, error) {
	if f.stdinName != "" {
		if len(paths) > 0 {
			return nil, errors.New("--stdin-filename takes no paths")
		}
		return overlayStdin(f.stdinName, cmd.InOrStdin(), &f.session)
	}
	s, err := f.session.open(paths)
	if err != nil {
		return nil, err
	}
	return s, s.useBaseline(f.baseline)
}

// An output is a further report to a file.
type output struct{ format, file string }

func (f *checkFlags) parseOutputs() ([]output, error) {
	if _, ok := report.Formats[f.format]; !ok {
		return nil, fmt.Errorf("unknown format %q%s", f.format, rule.Suggest(f.format, report.Names()))
	}
	var outputs []output
	for _, text := range f.outputs {
		format, file, ok := strings.Cut(text, "=")
		if _, known := report.Formats[format]; !ok || !known || file == "" {
			return nil, fmt.Errorf("--output %q: write FORMAT=FILE with one of %s", text, strings.Join(report.Names(), ", "))
		}
		outputs = append(outputs, output{format, file})
	}
	return outputs, nil
}

func writeFile(out output, run *finding.Run, o report.Options) error {
	file, err := os.Create(out.file)
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	if err := errors.Join(report.Write(file, out.format, run, o), file.Close()); err != nil {
		return fmt.Errorf("%s: %w", out.file, err)
	}
	return nil
}

// reportOptions describe a report; out is nil for a file.
func (f *checkFlags) reportOptions(s *session, out any) report.Options {
	root := s.workspace.Root
	color := out != nil && wantsColor(f.color, out)
	return report.Options{
		Display:          func(file string) string { return display(filepath.Join(root, filepath.FromSlash(file))) },
		Root:             root,
		Color:            color,
		Links:            color && wantsLinks(out),
		Verbose:          f.verbose,
		Quiet:            f.quiet,
		ShowSuppressed:   f.showSuppressed,
		ShowUndetermined: f.showUndecided,
		Category:         f.category,
		NoLimits:         f.noLimits,
		BlobURL:          blobURL(),
		RuleURL:          ruleURL(s.options.Registry),
		Clause:           clauseText,
	}
}

// documentation is where the pages of the built-in rules are.
const documentation = "https://github.com/opslint/opslint/blob/main/docs/rules/"

func ruleURL(registry *engine.Registry) func(id string) string {
	return func(id string) string {
		if r := registry.ByID(id); r == nil || r.Custom {
			return ""
		}
		return documentation + path.Clean(id) + ".md"
	}
}

// blobURL is where GitHub shows the files of the commit that its runner checks,
// "" elsewhere.
func blobURL() string {
	server, repository, commit := os.Getenv("GITHUB_SERVER_URL"), os.Getenv("GITHUB_REPOSITORY"), os.Getenv("GITHUB_SHA")
	if server == "" || repository == "" || commit == "" {
		return ""
	}
	return server + "/" + repository + "/blob/" + commit
}

// failLevel is the lowest severity that makes a run fail.
type failLevel struct {
	severity rule.Severity
	never    bool
}

func parseFailOn(flag string, configured *rule.Severity) (failLevel, error) {
	levels := []string{"error", "warning", "note", "never"}
	switch {
	case flag == "" && configured != nil:
		return failLevel{severity: *configured, never: *configured == rule.Off}, nil
	case flag == "":
		return failLevel{severity: rule.Error}, nil
	case flag == "never":
		return failLevel{never: true}, nil
	case !slices.Contains(levels, flag):
		return failLevel{}, fmt.Errorf("--fail-on %q: one of %s", flag, strings.Join(levels, ", "))
	}
	severity, err := rule.ParseSeverity(flag)
	return failLevel{severity: severity}, err
}
