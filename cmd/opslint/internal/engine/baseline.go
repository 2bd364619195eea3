package engine

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/opslint/opslint/internal/finding"
)

// A Baseline is a set of accepted findings. It names them by what they are
// about and not by line, so that moved lines do not resurface.
type Baseline struct {
	counts map[identity]int
}

// identity is what stays of a finding while the lines around it move.
type identity struct {
	Rule    string `json:"rule"`
	File    string `json:"file"`
	Subject string `json:"subject"`
	Key     string `json:"key,omitempty"`
}

func identify(f *finding.Finding) identity {
	id := identity{Rule: f.Rule, Subject: f.Subject, Key: f.Key}
	if f.Location.File != nil {
		id.File = f.Location.File.Path
	}
	return id
}

type baselineFile struct {
	Version  int             `json:"version"`
	Findings []baselineEntry `json:"findings"`
}

type baselineEntry struct {
	identity
	Count int `json:"count"`
}

// NewBaseline accepts the findings that no directive or setting suppresses.
func NewBaseline(findings []finding.Finding) *Baseline {
	b := &Baseline{counts: map[identity]int{}}
	for i := range findings {
		if s := findings[i].Suppressed; s == nil || s.Kind == finding.ByBaseline {
			b.counts[identify(&findings[i])]++
		}
	}
	return b
}

// Len returns how many findings are accepted.
func (b *Baseline) Len() int {
	n := 0
	for _, count := range b.counts {
		n += count
	}
	return n
}

// Shrink drops what the other baseline does not have. It never adds.
func (b *Baseline) Shrink(current *Baseline) {
	for id, count := range b.counts {
		if left := min(count, current.counts[id]); left > 0 {
			b.counts[id] = left
		} else {
			delete(b.counts, id)
		}
	}
}

// ReadBaseline reads a baseline file. A file that does not exist is an error.
func ReadBaseline(name string) (*Baseline, error) {
	content, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("no baseline at %s: write one with opslint baseline create", name)
	case err != nil:
		return nil, fmt.Errorf("read baseline: %w", err)
	}
	var file baselineFile
	if err := json.Unmarshal(content, &file); err != nil {
		return nil, fmt.Errorf("read baseline %s: %w", name, err)
	}
	if file.Version != 1 {
		return nil, fmt.Errorf("baseline %s has version %d, this opslint reads 1", name, file.Version)
	}
	b := &Baseline{counts: map[identity]int{}}
	for _, entry := range file.Findings {
		if entry.Rule == "" || entry.File == "" || entry.Count < 1 {
			return nil, fmt.Errorf("baseline %s has an entry without rule, file or count", name)
		}
		b.counts[entry.identity] += entry.Count
	}
	return b, nil
}

// Write writes the baseline in a stable order, replacing the file as a whole.
func (b *Baseline) Write(name string) error {
	file := baselineFile{Version: 1, Findings: []baselineEntry{}}
	for id, count := range b.counts {
		file.Findings = append(file.Findings, baselineEntry{id, count})
	}
	slices.SortFunc(file.Findings, func(a, b baselineEntry) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Key, b.Key))
	})
	content, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return fmt.Errorf("write baseline: %w", err)
	}
	temporary, err := os.CreateTemp(filepath.Dir(name), ".opslint-baseline-*")
	if err != nil {
		return fmt.Errorf("write baseline: %w", err)
	}
	defer os.Remove(temporary.Name()) // after the rename there is nothing to remove
	_, err = temporary.Write(append(content, '\n'))
	if err := errors.Join(err, temporary.Chmod(0o644), temporary.Close()); err != nil {
		return fmt.Errorf("write baseline: %w", err)
	}
	if err := os.Rename(temporary.Name(), name); err != nil {
		return fmt.Errorf("write baseline: %w", err)
	}
	return nil
}

// suppress marks the findings that the baseline accepts: of several with one
// identity as many as it counts, in the order of the report.
func (b *Baseline) suppress(findings []finding.Finding, reason string) {
	left := make(map[identity]int, len(b.counts))
	for i := range findings {
		f := &findings[i]
		if f.Suppressed != nil {
			continue
		}
		id := identify(f)
		if _, seen := left[id]; !seen {
			left[id] = b.counts[id]
		}
		if left[id] > 0 {
			left[id]--
			f.Suppressed = &finding.Suppression{Kind: finding.ByBaseline, Reason: reason}
		}
	}
}
