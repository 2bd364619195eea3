package engine_test

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
	"github.com/opslint/opslint/parsers/kubernetes"
	"github.com/opslint/opslint/policies"
)

// TestJoins holds the joins that are computed in Go equal to those that the
// policies compute from the inventory, as they have to under another engine: the
// examples of the rules and the sample projects have the same findings either
// way.
func TestJoins(t *testing.T) {
	evaluator, err := policies.New(policies.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, dir := range manifests(t) {
		t.Run(name, func(t *testing.T) {
			compared := 0
			for _, group := range kubernetesGroups(t, dir) {
				without := group
				without.Data = maps.Clone(group.Data)
				delete(without.Data, "joins")
				want, got := found(t, evaluator, &group), found(t, evaluator, &without)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("findings (-with joins +by the inventory alone)\n%s", diff)
				}
				compared += len(group.Documents)
			}
			if compared == 0 {
				t.Error("no documents")
			}
		})
	}
}

// manifests are directories to compare: each side of each example, which is an
// application of its own, and the sample projects.
func manifests(t *testing.T) map[string]string {
	t.Helper()
	dirs := map[string]string{}
	examples, err := filepath.Glob(filepath.Join(root, "policies", "kubernetes", "*.txtar"))
	if err != nil || len(examples) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	for _, example := range examples {
		archive, err := txtar.ParseFile(example)
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		for _, f := range archive.Files {
			side, _, ok := strings.Cut(f.Name, "/")
			if !ok {
				continue
			}
			name := filepath.Join(dir, filepath.FromSlash(f.Name))
			if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, f.Data, 0o666); err != nil {
				t.Fatal(err)
			}
			dirs[strings.TrimSuffix(filepath.Base(example), ".txtar")+"/"+side] = filepath.Join(dir, side)
		}
	}
	for _, project := range []string{"exemplary", "legacy"} {
		dirs[project] = filepath.Join(root, "testdata", "projects", project)
	}
	return dirs
}

// kubernetesGroups reads the manifests below a directory.
func kubernetesGroups(t *testing.T, dir string) []document.Group {
	t.Helper()
	tree, err := source.OpenTree(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tree.Close() })
	var artifacts []*document.Artifact
	err = fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !kubernetes.Wants(path.Clean(name)) {
			return err
		}
		f, err := tree.Read(name, kubernetes.Limit)
		if err != nil || !kubernetes.Recognise(f) {
			return err
		}
		if artifact, _ := kubernetes.Parse(f); artifact != nil {
			artifacts = append(artifacts, artifact)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	groups, _ := kubernetes.Assemble(t.Context(), tree, ".", artifacts)
	return groups
}

// found lists the findings of a group: rule, place in the document and message.
func found(t *testing.T, e *policies.Evaluator, g *document.Group) []string {
	t.Helper()
	result := e.Eval(t.Context(), g, 1)
	for _, n := range result.Notices {
		t.Error(n.String())
	}
	lines := []string{}
	for _, f := range result.Findings {
		lines = append(lines, strings.Join([]string{f.Severity.String(), f.Rule, f.Subject, f.Key, f.Message}, " "))
	}
	slices.Sort(lines)
	return lines
}
