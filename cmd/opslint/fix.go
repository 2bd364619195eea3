package main

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
)

// maxRounds bounds how often fixes are applied: one may make room for another.
const maxRounds = 5

// fixAll applies fixes until none is left, checking anew in between, and returns
// what remains. What was done is written to log.
func (f *checkFlags) fixAll(s *session, run *finding.Run, check func() (*finding.Run, error), log io.Writer) (*finding.Run, error) {
	count, files := 0, make(map[string]bool)
	for range maxRounds {
		fixed := finding.Apply(run.Findings, f.unsafeFixes)
		if fixed.Count == 0 {
			break
		}
		for _, file := range sortedFiles(fixed) {
			if err := overwrite(s.workspace.Root, file, fixed.Files[file]); err != nil {
				return nil, err
			}
			files[file.Path] = true
		}
		count += fixed.Count
		var err error
		if run, err = check(); err != nil {
			return nil, err
		}
	}
	if count > 0 {
		fmt.Fprintf(log, "opslint: findings fixed: %d, files changed: %d\n", count, len(files))
	}
	return run, nil
}

// writeDiff shows what fixes would change.
func (f *checkFlags) writeDiff(w io.Writer, run *finding.Run) error {
	fixed := finding.Apply(run.Findings, f.unsafeFixes)
	for _, file := range sortedFiles(fixed) {
		if _, err := w.Write(diff.Diff("a/"+file.Path, file.Content, "b/"+file.Path, fixed.Files[file])); err != nil {
			return fmt.Errorf("write diff: %w", err)
		}
	}
	return nil
}

func sortedFiles(fixed finding.Fixed) []*source.File {
	return slices.SortedFunc(maps.Keys(fixed.Files), func(a, b *source.File) int { return strings.Compare(a.Path, b.Path) })
}

// overwrite replaces the content of a file of the workspace, unless it has
// changed since it was read. It follows no link out of the workspace.
func overwrite(dir string, file *source.File, content []byte) (err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("fix %s: %w", file.Path, err)
	}
	defer func() {
		if closed := root.Close(); err == nil {
			err = closed
		}
	}()
	name := filepath.FromSlash(file.Path)
	now, err := root.ReadFile(name)
	if err != nil {
		return fmt.Errorf("fix %s: %w", file.Path, err)
	}
	if !bytes.Equal(now, file.Content) {
		return fmt.Errorf("fix %s: the file has changed since it was checked", file.Path)
	}
	info, err := root.Stat(name)
	if err != nil {
		return fmt.Errorf("fix %s: %w", file.Path, err)
	}
	if err := root.WriteFile(name, content, info.Mode().Perm()); err != nil {
		return fmt.Errorf("fix %s: %w", file.Path, err)
	}
	return nil
}
