package engine

import (
	"context"
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/parsers"
)

// emptyTree is the object of a tree without files: what a repository without a
// commit is compared with.
const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"

// CheckNew runs over the workspace and accepts every finding that the revision
// has as well, so that only new ones count. It judges the revision too instead
// of looking at changed lines, because a removed line has no place in the new
// file, and a removed file breaks others. Staged looks at the index instead of
// the work tree.
func CheckNew(ctx context.Context, w *Workspace, o Options, revision string, staged bool) (*finding.Run, error) {
	if staged {
		if _, err := w.git(ctx, nil, "rev-parse", "--verify", "--quiet", revision+"^{commit}"); err != nil {
			revision = emptyTree
		}
	}
	changes, err := w.Changes(ctx, revision, staged)
	if err != nil {
		return nil, err
	}
	old := &finding.Run{}
	if o.families = touched(changes.Files); len(o.families) > 0 {
		if old, err = w.checkSnapshot(ctx, revision, o); err != nil {
			return nil, err
		}
		o.Accepted = NewBaseline(old.Findings)
		o.Accepted.rename(changes.Renamed)
		o.AcceptedBy = "not new since " + revision
	}
	var run *finding.Run
	if staged {
		run, err = w.checkSnapshot(ctx, index, o)
	} else {
		run, err = Check(ctx, w, o)
	}
	if err != nil {
		return nil, err
	}
	dropOldNotices(run, old)
	return run, nil
}

// dropOldNotices drops the trouble that the revision had as well: a chart that
// no one touched should not hold up a commit.
func dropOldNotices(run, old *finding.Run) {
	type trouble struct{ file, message string }
	known := map[trouble]bool{}
	for _, n := range old.Notices {
		known[trouble{n.Location.Path(), n.Message}] = true
	}
	run.Notices = slices.DeleteFunc(run.Notices, func(n finding.Notice) bool {
		return known[trouble{n.Location.Path(), n.Message}]
	})
}

// checkSnapshot runs over a revision or the index.
func (w *Workspace) checkSnapshot(ctx context.Context, revision string, o Options) (*finding.Run, error) {
	snapshot, remove, err := w.Snapshot(ctx, revision)
	if err != nil {
		return nil, err
	}
	run, err := Check(ctx, snapshot, o)
	if err := errors.Join(err, remove()); err != nil {
		return nil, err
	}
	return run, nil
}

// rename moves what is accepted to the new names of files.
func (b *Baseline) rename(renamed map[string]string) {
	for to, from := range renamed {
		for id, count := range b.counts {
			if id.File == from {
				moved := id
				moved.File = to
				b.counts[moved] += count
			}
		}
	}
}

// touched returns the families in which a change to the files can make a new
// finding; it is empty, and not nil, if there is none. Go packages are slow to
// load, and only Go changes them. Anything else may be what an image starts, a
// module reads or a manifest is completed by.
func touched(files []string) []string {
	families := []string{}
	if slices.ContainsFunc(files, isGo) {
		families = append(families, "go")
	}
	if slices.ContainsFunc(files, func(file string) bool { return !isGo(file) }) {
		for _, p := range parsers.All {
			families = append(families, p.Family)
		}
	}
	return families
}

func isGo(file string) bool {
	name := path.Base(file)
	return strings.HasSuffix(name, ".go") || slices.Contains([]string{"go.mod", "go.sum", "go.work", "go.work.sum"}, name)
}
