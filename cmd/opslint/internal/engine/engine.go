// Package engine is the machine: it finds the artifacts of a workspace, has the
// wings parse and judge them, and settles which findings count.
//
// Start with [Resolve] and [Check].
package engine

import (
	"context"
	"path"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/opslint/opslint/analyzers"
	"github.com/opslint/opslint/cmd/opslint/internal/config"
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
)

// Options say what a run does with a workspace.
type Options struct {
	Config   *config.Config
	Registry *Registry
	// Only and Skip are selectors: rules, families or clauses.
	Only, Skip []string
	// Overlay holds unsaved content by workspace path.
	Overlay map[string][]byte
	// Accepted are findings that do not count, nil for none.
	Accepted *Baseline
	// Describe asks for descriptions of the Go programs.
	Describe bool
	// AcceptedBy says why they do not count.
	AcceptedBy string
	Jobs       int // at least 1
	Version    string
	Today      time.Time // decides which directives have expired
	// families limits the run, nil for no limit.
	families []string
}

// Check runs all rules that are switched on over the workspace.
func Check(ctx context.Context, w *Workspace, o Options) (*finding.Run, error) {
	tree, err := source.OpenTree(w.Root, o.Overlay)
	if err != nil {
		return nil, err
	}
	defer tree.Close()
	run := &finding.Run{Version: o.Version, Rules: o.Enabled()}
	active := make(map[string]bool, len(run.Rules))
	for _, r := range run.Rules {
		active[r.ID] = true
	}
	run.Inputs.Rules = len(run.Rules)

	var fromFiles part
	var fromGo *analyzers.Result
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		fromFiles, err = checkArtifacts(ctx, w, tree, active, &o)
		return err
	})
	group.Go(func() (err error) {
		fromGo, err = checkGo(ctx, w, tree, active, &o)
		return err
	})
	if err := group.Wait(); err != nil {
		return nil, err
	}
	run.Findings = slices.Concat(fromFiles.findings, fromGo.Findings)
	run.Verdicts = slices.Concat(fromFiles.verdicts, fromGo.Verdicts)
	run.Notices = slices.Concat(fromFiles.notices, fromGo.Notices)
	run.Programs = fromGo.Programs
	run.Inputs.Files = fromFiles.files + fromGo.Files
	run.Inputs.Documents = fromFiles.documents
	run.Inputs.Packages = fromGo.Packages
	settle(run, slices.Concat(fromFiles.artifacts, fromGo.Artifacts), w, active, &o)
	return run, nil
}

// checkGo runs the analyzers, unless none is switched on or nothing that was
// asked about can hold Go.
func checkGo(ctx context.Context, w *Workspace, tree *source.Tree, active map[string]bool, o *Options) (*analyzers.Result, error) {
	paths := w.goPaths()
	wanted := slices.ContainsFunc(analyzers.All, func(a analyzers.Analyzer) bool { return active[a.Rule.ID] })
	if len(paths) == 0 || !wanted {
		return &analyzers.Result{}, nil
	}
	return analyzers.Check(ctx, analyzers.Options{
		Tree:       tree,
		Base:       w.Base,
		Dirs:       paths,
		Enabled:    func(id string) bool { return active[id] },
		Parameters: o.Parameters,
		Jobs:       o.Jobs,
		Platforms:  o.Config.Platforms,
		Describe:   o.Describe,
	})
}

// configPath is the path of a workspace file as the configuration's globs see
// it: relative to the configuration's directory.
func configPath(c *config.Config, w *Workspace, file string) string {
	if c.Path == "" {
		return file
	}
	rel, err := filepath.Rel(c.Dir(), filepath.Join(w.Root, filepath.FromSlash(file)))
	if err != nil {
		return file
	}
	return path.Clean(filepath.ToSlash(rel))
}
