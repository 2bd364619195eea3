package analyzers

import (
	"archive/zip"
	"bytes"
	"encoding/json"
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

// print reports the findings of a unit as the go command asks: as JSON, by
// writing fixes, or as lines for a reader.
func (v *vet) print(u *vetUnit, findings []finding.Finding) (int, error) {
	switch {
	case v.fix:
		return 0, v.applyFixes(u, findings)
	case v.json:
		return 0, printVetJSON(u, findings)
	}
	for i := range findings {
		f := &findings[i]
		fmt.Fprintf(os.Stderr, "%s: %s\n", vetPosition(u, f.Location.File, f.Location.Range.Start), vetMessage(f))
	}
	return min(len(findings), 1), nil
}

// vetMessage puts the rule in front, since the go command shows nothing else.
func vetMessage(f *finding.Finding) string { return f.Rule + ": " + f.Message }

// vetPosition writes a place as the go command does, with columns in bytes.
func vetPosition(u *vetUnit, file *source.File, offset int) string {
	line := file.Line(offset)
	return fmt.Sprintf("%s:%d:%d", u.abs(file), line, offset-bytes.LastIndexByte(file.Content[:offset], '\n'))
}

func (u *vetUnit) abs(file *source.File) string {
	return filepath.Join(u.root(), filepath.FromSlash(file.Path))
}

// The JSON form of the go command's vet tools.
type (
	vetDiagnostic struct {
		Category string       `json:"category,omitempty"`
		Posn     string       `json:"posn"`
		End      string       `json:"end"`
		Message  string       `json:"message"`
		Fixes    []vetFix     `json:"suggested_fixes,omitempty"`
		Related  []vetRelated `json:"related,omitempty"`
	}
	vetFix struct {
		Message string    `json:"message"`
		Edits   []vetEdit `json:"edits"`
	}
	vetEdit struct {
		Filename string `json:"filename"`
		Start    int    `json:"start"`
		End      int    `json:"end"`
		New      string `json:"new"`
	}
	vetRelated struct {
		Posn    string `json:"posn"`
		End     string `json:"end"`
		Message string `json:"message"`
	}
)

func printVetJSON(u *vetUnit, findings []finding.Finding) error {
	byAnalyzer := make(map[string][]vetDiagnostic)
	for i := range findings {
		f := &findings[i]
		name := f.Rule
		if j := slices.IndexFunc(All, func(a Analyzer) bool { return a.Rule.ID == f.Rule }); j >= 0 {
			name = All[j].Name
		}
		byAnalyzer[name] = append(byAnalyzer[name], u.diagnostic(f))
	}
	tree := make(map[string]map[string][]vetDiagnostic)
	if len(byAnalyzer) > 0 {
		tree[u.ID] = byAnalyzer
	}
	data, err := json.MarshalIndent(tree, "", "\t")
	if err != nil {
		return fmt.Errorf("encode findings: %w", err)
	}
	return u.output(append(data, '\n'))
}

// output writes to standard output or to the file that the go command wants
// instead.
func (u *vetUnit) output(data []byte) error {
	if u.Stdout == "" {
		_, err := os.Stdout.Write(data)
		return err
	}
	if err := os.WriteFile(u.Stdout, data, 0o666); err != nil {
		return fmt.Errorf("write findings: %w", err)
	}
	return nil
}

func (u *vetUnit) diagnostic(f *finding.Finding) vetDiagnostic {
	d := vetDiagnostic{
		Category: f.Rule,
		Posn:     vetPosition(u, f.Location.File, f.Location.Range.Start),
		End:      vetPosition(u, f.Location.File, f.Location.Range.End),
		Message:  vetMessage(f),
	}
	for _, r := range slices.Concat(f.Trace, f.Related) {
		d.Related = append(d.Related, vetRelated{
			Posn:    vetPosition(u, r.Location.File, r.Location.Range.Start),
			End:     vetPosition(u, r.Location.File, r.Location.Range.End),
			Message: r.Message,
		})
	}
	if f.Fix != nil {
		fix := vetFix{Message: f.Fix.Description}
		for _, e := range f.Fix.Edits {
			fix.Edits = append(fix.Edits, vetEdit{u.abs(e.Location.File), e.Location.Range.Start, e.Location.Range.End, e.NewText})
		}
		d.Fixes = []vetFix{fix}
	}
	return d
}

// applyFixes writes the fixes that are offered, as the go command promises for
// its flag: into the archive that the go command
// unpacks when everything else is done, as a diff, or into the files.
func (v *vet) applyFixes(u *vetUnit, findings []finding.Finding) error {
	changed := finding.Apply(findings, true).Files
	files := slices.SortedFunc(maps.Keys(changed), func(a, b *source.File) int { return strings.Compare(a.Path, b.Path) })
	if v.diff {
		var all []byte
		for _, file := range files {
			name := u.abs(file)
			all = append(all, diff.Diff(name+" (old)", file.Content, name+" (new)", changed[file])...)
		}
		return u.output(all)
	}
	if u.FixArchive != "" {
		return u.archive(files, changed)
	}
	for _, file := range files {
		if err := os.WriteFile(u.abs(file), changed[file], 0o666); err != nil {
			return fmt.Errorf("write fix: %w", err)
		}
	}
	return nil
}

func (u *vetUnit) archive(files []*source.File, changed map[*source.File][]byte) error {
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	if err := w.SetComment(u.ID); err != nil {
		return fmt.Errorf("write fixes: %w", err)
	}
	for _, file := range files {
		part, err := w.Create(u.abs(file))
		if err != nil {
			return fmt.Errorf("write fixes: %w", err)
		}
		if _, err := io.Copy(part, bytes.NewReader(changed[file])); err != nil {
			return fmt.Errorf("write fixes: %w", err)
		}
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("write fixes: %w", err)
	}
	if err := os.WriteFile(u.FixArchive, buf.Bytes(), 0o666); err != nil {
		return fmt.Errorf("write fixes: %w", err)
	}
	return nil
}
