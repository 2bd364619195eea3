package docgen_test

import (
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/opslint/opslint/cmd/opslint/internal/config"
	"github.com/opslint/opslint/cmd/opslint/internal/docgen"
	"github.com/opslint/opslint/cmd/opslint/internal/engine"
)

var update = flag.Bool("update", false, "write the pages instead of comparing")

const docs = "../../../../docs"

func TestPagesAreUpToDate(t *testing.T) {
	registry, err := engine.NewRegistry()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for name, text := range docgen.Pages(registry.Rules) {
		want["rules/"+name] = text
	}
	if want["opslint.schema.json"], err = config.Schema(registry.Rules); err != nil {
		t.Fatal(err)
	}
	if *update {
		rewrite(t, want)
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		got, err := os.ReadFile(filepath.Join(docs, name))
		if err != nil {
			t.Errorf("%v; run go generate ./cmd/opslint/internal/docgen", err)
			continue
		}
		if diff := cmp.Diff(want[name], string(got)); diff != "" {
			t.Errorf("docs/%s is out of date; run go generate ./cmd/opslint/internal/docgen\n%s", name, diff)
		}
	}
	for _, name := range pages(t) {
		if _, ok := want[name]; !ok {
			t.Errorf("docs/%s describes a rule that does not exist", name)
		}
	}
}

func pages(t *testing.T) []string {
	var names []string
	root := os.DirFS(docs)
	err := fs.WalkDir(root, "rules", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func rewrite(t *testing.T, want map[string]string) {
	if err := os.RemoveAll(filepath.Join(docs, "rules")); err != nil {
		t.Fatal(err)
	}
	for name, text := range want {
		file := filepath.Join(docs, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}
