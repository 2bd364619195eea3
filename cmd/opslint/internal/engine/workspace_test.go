package engine_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/opslint/opslint/cmd/opslint/internal/config"
	"github.com/opslint/opslint/cmd/opslint/internal/engine"
	"github.com/opslint/opslint/internal/finding"
)

// tree writes files into a new directory and returns it.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestResolve(t *testing.T) {
	dir := tree(t, map[string]string{
		"repo/.git/HEAD":             "",
		"repo/deploy/orders.yaml":    "",
		"repo/deploy/eu/search.yaml": "",
		"repo/infra/main.tf":         "",
		"plain/a.yaml":               "",
	})
	tests := map[string]struct {
		paths []string
		want  engine.Workspace
	}{
		"a repository":       {[]string{"repo"}, engine.Workspace{Root: "repo", Base: ".", Dirs: []string{"."}, Repository: true}},
		"a folder of it":     {[]string{"repo/deploy"}, engine.Workspace{Root: "repo", Base: "deploy", Dirs: []string{"deploy"}, Repository: true}},
		"two folders":        {[]string{"repo/deploy/eu", "repo/infra"}, engine.Workspace{Root: "repo", Base: ".", Dirs: []string{"deploy/eu", "infra"}, Repository: true}},
		"files":              {[]string{"repo/deploy/orders.yaml", "repo/deploy/eu/search.yaml"}, engine.Workspace{Root: "repo", Base: "deploy", Files: []string{"deploy/orders.yaml", "deploy/eu/search.yaml"}, Repository: true}},
		"without repository": {[]string{"plain"}, engine.Workspace{Root: "plain", Base: ".", Dirs: []string{"."}}},
		"a file without one": {[]string{"plain/a.yaml"}, engine.Workspace{Root: "plain", Base: ".", Files: []string{"a.yaml"}}},
		"unrelated folders":  {[]string{"repo/infra", "plain"}, engine.Workspace{Root: ".", Base: ".", Dirs: []string{"repo/infra", "plain"}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			paths := make([]string, len(test.paths))
			for i, p := range test.paths {
				paths[i] = filepath.Join(dir, p)
			}
			got, err := engine.Resolve(paths)
			if err != nil {
				t.Fatal(err)
			}
			test.want.Root = filepath.Join(dir, test.want.Root)
			if diff := cmp.Diff(&test.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

const grace = `apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      terminationGracePeriodSeconds: 5
      containers: [{name: orders, image: "registry.example.com/orders:1.2.3"}]
`

// check runs the rule about the grace period over paths below dir.
func check(t *testing.T, dir string, c *config.Config, paths ...string) *finding.Run {
	t.Helper()
	registry, err := engine.NewRegistry()
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range paths {
		paths[i] = filepath.Join(dir, p)
	}
	w, err := engine.Resolve(paths)
	if err != nil {
		t.Fatal(err)
	}
	run, err := engine.Check(t.Context(), w, engine.Options{
		Config: c, Registry: registry, Only: []string{"kubernetes/short-termination-grace"}, Jobs: 2, Today: time.Now(),
	})
	if err != nil {
		t.Fatal(err)
	}
	return run
}

func files(run *finding.Run) []string {
	var names []string
	for i := range run.Findings {
		if run.Findings[i].Suppressed == nil {
			names = append(names, run.Findings[i].Location.File.Path)
		}
	}
	return names
}

func TestWhatIsRead(t *testing.T) {
	dir := tree(t, map[string]string{
		".git/info/exclude":           "private.yaml\n",
		".gitignore":                  "build/\n*.local.yaml\n!keep.local.yaml\n",
		"deploy/.gitignore":           "/generated.yaml\n",
		"a.yaml":                      grace,
		"a.local.yaml":                grace,
		"keep.local.yaml":             grace,
		"private.yaml":                grace,
		"build/b.yaml":                grace,
		"deploy/c.yml":                grace,
		"deploy/generated.yaml":       grace,
		"deploy/eu/generated.yaml":    grace,
		"node_modules/x/d.yaml":       grace,
		"vendor/modules.txt":          "",
		"vendor/x/e.yaml":             grace,
		"third_party/vendor/f.yaml":   grace,
		"excluded/g.yaml":             grace,
		"notes.txt":                   grace,
		"h.json":                      `{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x"}}`,
		".github/workflows/build.yml": "name: build\non: push\njobs: {}\n",
	})
	c, err := config.Parse(filepath.Join(dir, config.Name), []byte("exclude: [excluded]\n"))
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct{ paths, want []string }{
		"everything":              {[]string{"."}, []string{"a.yaml", "deploy/c.yml", "deploy/eu/generated.yaml", "keep.local.yaml", "third_party/vendor/f.yaml"}},
		"a folder":                {[]string{"deploy"}, []string{"deploy/c.yml", "deploy/eu/generated.yaml"}},
		"a file":                  {[]string{"a.yaml"}, []string{"a.yaml"}},
		"an ignored file by name": {[]string{"build/b.yaml"}, []string{"build/b.yaml"}},
		"an excluded file":        {[]string{"excluded/g.yaml"}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := files(check(t, dir, c, slices.Clone(test.paths)...))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestTwoRunsAreEqual(t *testing.T) {
	registry, err := engine.NewRegistry()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(root, "testdata", "projects", "legacy")
	first := listing(checkDir(t, registry, dir, ""))
	for range 3 {
		if diff := cmp.Diff(first, listing(checkDir(t, registry, dir, ""))); diff != "" {
			t.Fatalf("two runs differ\n%s", diff)
		}
	}
}
