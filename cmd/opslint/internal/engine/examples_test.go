package engine_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/opslint/opslint/cmd/opslint/internal/config"
	"github.com/opslint/opslint/cmd/opslint/internal/engine"
	"github.com/opslint/opslint/internal/finding"
)

var update = flag.Bool("update", false, "rewrite the findings of the examples")

const root = "../../../../"

// TestExamples runs every rule alone over its example, through the parsers and
// the engine: good files have no finding, bad files the ones that are listed.
func TestExamples(t *testing.T) {
	registry, err := engine.NewRegistry()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range registry.Rules {
		file := filepath.Join(root, "policies", r.Family(), r.Stem()+".txtar")
		if r.Family() == "go" {
			file = filepath.Join(root, "analyzers", strings.ReplaceAll(r.Stem(), "_", ""), "example.txtar")
		}
		t.Run(r.ID, func(t *testing.T) { runExample(t, registry, r.ID, file) })
	}
}

func runExample(t *testing.T, registry *engine.Registry, id, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range archive.Files {
		if f.Name == "findings" {
			continue
		}
		name := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for _, side := range []string{"bad", "good"} {
		if strings.HasPrefix(id, "go/") {
			writeModule(t, filepath.Join(dir, side))
		}
		run := checkDir(t, registry, filepath.Join(dir, side), id)
		for i := range run.Findings {
			got = append(got, side+"/"+describe(&run.Findings[i]))
		}
		for i := range run.Notices {
			t.Errorf("notice: %s/%s", side, run.Notices[i].String())
		}
	}
	if *update {
		writeFindings(t, file, archive, got)
		return
	}
	at := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "findings" })
	if at < 0 {
		t.Fatal("the example has no section of findings; run go test -update")
	}
	if diff := cmp.Diff(strings.Split(strings.TrimSpace(string(archive.Files[at].Data)), "\n"), got); diff != "" {
		t.Errorf("findings (-want +got)\n%s", diff)
	}
	for _, line := range got {
		if strings.HasPrefix(line, "good/") {
			t.Errorf("the good example has a finding: %s", line)
		}
	}
	if len(got) == 0 {
		t.Error("the bad example has no finding")
	}
}

// writeModule makes a module of the directory, unless the example brings one.
func writeModule(t *testing.T, dir string) {
	t.Helper()
	file := filepath.Join(dir, "go.mod")
	if _, err := os.Stat(file); err == nil {
		return
	}
	if err := os.WriteFile(file, []byte("module example.com/shop/orders\n\ngo 1.25.0\n"), 0o666); err != nil {
		t.Fatal(err)
	}
}

// checkDir runs one rule, or all for "", over a directory.
func checkDir(t *testing.T, registry *engine.Registry, dir, id string) *finding.Run {
	t.Helper()
	w, err := engine.Resolve([]string{dir})
	if err != nil {
		t.Fatal(err)
	}
	o := engine.Options{Config: &config.Config{}, Registry: registry, Jobs: 2, Today: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)}
	if id != "" {
		o.Only = []string{id}
	}
	run, err := engine.Check(t.Context(), w, o)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// describe writes a finding with the text that it points at.
func describe(f *finding.Finding) string {
	at := f.Location.Start()
	text, _, _ := strings.Cut(f.Location.File.Text(f.Location.Range), "\n")
	return fmt.Sprintf("%s:%d:%d %s %s [%s]", f.Location.File.Path, at.Line, at.Column, f.Severity, f.Message, text)
}

func writeFindings(t *testing.T, file string, archive *txtar.Archive, got []string) {
	archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == "findings" })
	archive.Files = append(archive.Files, txtar.File{Name: "findings", Data: []byte(strings.Join(append(got, ""), "\n"))})
	if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
		t.Fatal(err)
	}
}
