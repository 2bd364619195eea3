package engine

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
	"github.com/opslint/opslint/parsers"
	"github.com/opslint/opslint/policies"
)

// headSize is how much of a file that is too large is looked at, to say
// whether it would have been checked.
const headSize = 64 << 10

// part is what one half of a run yields.
type part struct {
	findings         []finding.Finding
	verdicts         []finding.Verdict
	notices          []finding.Notice
	artifacts        []*document.Artifact
	files, documents int
}

// parsed is one file after its parser.
type parsed struct {
	parser   *parsers.Parser
	artifact *document.Artifact
	notices  []finding.Notice
}

// An artifactCheck is the half of a run that is about everything but Go source.
type artifactCheck struct {
	workspace *Workspace
	tree      *source.Tree
	options   *Options
	parsers   []*parsers.Parser // of families in which a rule is switched on
	evaluator *policies.Evaluator
	part
}

// checkArtifacts reads, parses and judges everything that is not Go source.
func checkArtifacts(ctx context.Context, w *Workspace, tree *source.Tree, active map[string]bool, o *Options) (part, error) {
	c := artifactCheck{workspace: w, tree: tree, options: o}
	for i := range parsers.All {
		if o.Registry.familyActive(parsers.All[i].Family, active) {
			c.parsers = append(c.parsers, &parsers.All[i])
		}
	}
	files := c.list()
	if len(files) == 0 && len(o.Registry.policyDirs) == 0 {
		return c.part, nil
	}
	var err error
	c.evaluator, err = policies.New(policies.Options{
		Dirs:       o.Registry.policyDirs,
		Enabled:    func(r *rule.Rule) bool { return active[r.ID] },
		Parameters: o.Config.Parameters,
	})
	if err != nil {
		return c.part, fmt.Errorf("load policies: %w", err)
	}
	artifacts, err := c.parse(ctx, files)
	if err != nil {
		return c.part, err
	}
	for _, p := range c.parsers {
		if len(artifacts[p]) > 0 {
			c.judge(ctx, p, artifacts[p])
		}
	}
	return c.part, ctx.Err()
}

// list finds the files that a parser wants.
func (c *artifactCheck) list() []string {
	w, o := c.workspace, c.options
	list := walker{
		tree:    c.tree,
		exclude: func(file string) bool { return o.Config.Excludes(configPath(o.Config, w, file)) },
		wants: func(file string) bool {
			return slices.ContainsFunc(c.parsers, func(p *parsers.Parser) bool { return p.Wants(file) })
		},
	}
	list.walk(w.context(), w.Repository)
	list.add(slices.Concat(w.Files, slices.Collect(maps.Keys(o.Overlay)))...)
	c.notices = list.notices
	return list.files
}

// parse reads the files, several at a time, and returns the artifacts of each
// parser in the order of their paths.
func (c *artifactCheck) parse(ctx context.Context, names []string) (map[*parsers.Parser][]*document.Artifact, error) {
	files := make([]parsed, len(names))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(c.options.Jobs)
	for i, name := range names {
		group.Go(func() error {
			files[i] = parseFile(c.tree, c.parsers, name)
			if p := files[i].parser; p != nil {
				c.evaluator.Prepare(p.Family)
			}
			return ctx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	artifacts := map[*parsers.Parser][]*document.Artifact{}
	for _, file := range files {
		c.notices = append(c.notices, file.notices...)
		if file.artifact == nil {
			continue
		}
		artifacts[file.parser] = append(artifacts[file.parser], file.artifact)
		c.artifacts = append(c.artifacts, file.artifact)
		if c.workspace.Asked(file.artifact.File.Path) {
			c.files++
		}
	}
	return artifacts, nil
}

// judge assembles the artifacts of a parser and has the policies judge them.
func (c *artifactCheck) judge(ctx context.Context, p *parsers.Parser, artifacts []*document.Artifact) {
	groups, notices := p.Assemble(ctx, c.tree, c.workspace.Base, artifacts)
	c.notices = append(c.notices, notices...)
	for i := range groups {
		r := c.evaluator.Eval(ctx, &groups[i], c.options.Jobs)
		c.findings = append(c.findings, r.Findings...)
		c.verdicts = append(c.verdicts, r.Verdicts...)
		c.notices = append(c.notices, r.Notices...)
		c.artifacts = append(c.artifacts, groups[i].Artifacts...)
		for _, d := range groups[i].Documents {
			if c.workspace.Asked(d.File.Path) {
				c.documents++
			}
		}
	}
}

// parseFile reads one file and gives it to the first parser that recognises it.
func parseFile(tree *source.Tree, wanted []*parsers.Parser, name string) parsed {
	candidates := slices.DeleteFunc(slices.Clone(wanted), func(p *parsers.Parser) bool { return !p.Wants(name) })
	limit := int64(0)
	for _, p := range candidates {
		limit = max(limit, p.Limit)
	}
	file, err := tree.Read(name, limit)
	switch {
	case errors.Is(err, source.ErrTooLarge):
		return tooLarge(tree, candidates, name, limit)
	case err != nil:
		return parsed{notices: []finding.Notice{{
			Location:   source.Location{File: source.NewFile(name, nil)},
			Message:    "cannot be read: " + cause(err),
			Incomplete: true,
		}}}
	}
	for _, p := range candidates {
		if p.Recognise(file) {
			artifact, notices := p.Parse(file)
			return parsed{p, artifact, notices}
		}
	}
	return parsed{}
}

// tooLarge says that a file was left out, if it is one that would be checked.
func tooLarge(tree *source.Tree, candidates []*parsers.Parser, name string, limit int64) parsed {
	head, err := tree.Head(name, headSize)
	if err != nil {
		head = nil
	}
	file := source.NewFile(name, head)
	if !slices.ContainsFunc(candidates, func(p *parsers.Parser) bool { return p.Recognise(file) }) {
		return parsed{}
	}
	return parsed{notices: []finding.Notice{{
		Location:   source.Location{File: file},
		Message:    fmt.Sprintf("not checked: the file is larger than %d MiB", limit>>20),
		Incomplete: true,
	}}}
}

// cause is an error's text without the path, which the notice has already.
func cause(err error) string {
	if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
		return pathErr.Err.Error()
	}
	return err.Error()
}
