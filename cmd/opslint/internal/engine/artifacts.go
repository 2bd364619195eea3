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

// checkArtifacts reads, parses and judges everything that is not Go source.
func checkArtifacts(ctx context.Context, w *Workspace, tree *source.Tree, active map[string]bool, o *Options) (part, error) {
	var result part
	wanted := wantedParsers(active, o.Registry)
	list := walker{
		tree:    tree,
		exclude: func(file string) bool { return o.Config.Excludes(configPath(o.Config, w, file)) },
		wants: func(file string) bool {
			return slices.ContainsFunc(wanted, func(p *parsers.Parser) bool { return p.Wants(file) })
		},
	}
	list.walk(w.context(), w.Repository)
	list.add(slices.Concat(w.Files, slices.Collect(maps.Keys(o.Overlay)))...)
	result.notices = list.notices

	if len(list.files) == 0 && len(o.Registry.policyDirs) == 0 {
		return result, nil
	}
	evaluator, err := policies.New(policies.Options{
		Dirs:       o.Registry.policyDirs,
		Enabled:    func(r *rule.Rule) bool { return active[r.ID] },
		Parameters: o.Config.Parameters,
	})
	if err != nil {
		return result, fmt.Errorf("load policies: %w", err)
	}
	files := make([]parsed, len(list.files))
	group, parseCtx := errgroup.WithContext(ctx)
	group.SetLimit(o.Jobs)
	for i, name := range list.files {
		group.Go(func() error {
			files[i] = parseFile(tree, wanted, name)
			if p := files[i].parser; p != nil {
				evaluator.Prepare(p.Family)
			}
			return parseCtx.Err()
		})
	}
	if err := group.Wait(); err != nil {
		return result, err
	}
	byParser := map[*parsers.Parser][]*document.Artifact{}
	for _, file := range files {
		result.notices = append(result.notices, file.notices...)
		if file.artifact == nil {
			continue
		}
		byParser[file.parser] = append(byParser[file.parser], file.artifact)
		result.artifacts = append(result.artifacts, file.artifact)
		if w.Asked(file.artifact.File.Path) {
			result.files++
		}
	}
	err = result.judge(ctx, w, tree, wanted, byParser, evaluator, o.Jobs)
	return result, err
}

// judge assembles what the parsers found and has the policies judge it.
func (p *part) judge(ctx context.Context, w *Workspace, tree *source.Tree, wanted []*parsers.Parser, artifacts map[*parsers.Parser][]*document.Artifact, evaluator *policies.Evaluator, jobs int) error {
	for _, parser := range wanted {
		if len(artifacts[parser]) == 0 {
			continue
		}
		groups, notices := parser.Assemble(ctx, tree, w.Base, artifacts[parser])
		p.notices = append(p.notices, notices...)
		for i := range groups {
			r := evaluator.Eval(ctx, &groups[i], jobs)
			p.findings = append(p.findings, r.Findings...)
			p.verdicts = append(p.verdicts, r.Verdicts...)
			p.notices = append(p.notices, r.Notices...)
			p.artifacts = append(p.artifacts, groups[i].Artifacts...)
			for _, d := range groups[i].Documents {
				if w.Asked(d.File.Path) {
					p.documents++
				}
			}
		}
	}
	return ctx.Err()
}

// wantedParsers returns the parsers of families in which a rule is switched on.
func wantedParsers(active map[string]bool, registry *Registry) []*parsers.Parser {
	var wanted []*parsers.Parser
	for i := range parsers.All {
		if registry.familyActive(parsers.All[i].Family, active) {
			wanted = append(wanted, &parsers.All[i])
		}
	}
	return wanted
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
