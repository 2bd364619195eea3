package engine_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/opslint/opslint/cmd/opslint/internal/engine"
	"github.com/opslint/opslint/internal/finding"
)

// sampleFamilies are the worlds that both samples show.
var sampleFamilies = []string{"go", "kubernetes", "dockerfile", "terraform"}

// TestSamples runs everything over the two sample projects: the exemplary one
// has no finding, the legacy one those that people really make.
func TestSamples(t *testing.T) {
	registry, err := engine.NewRegistry()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"exemplary", "legacy"} {
		t.Run(name, func(t *testing.T) {
			run := checkDir(t, registry, filepath.Join(root, "testdata", "projects", name), "")
			golden := filepath.Join("testdata", name+".golden")
			got := listing(run)
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			families := map[string]bool{}
			for i := range run.Findings {
				family, _, _ := strings.Cut(run.Findings[i].Rule, "/")
				families[family] = true
			}
			for _, family := range sampleFamilies {
				if families[family] != (name == "legacy") {
					t.Errorf("findings of the family %s: %v", family, families[family])
				}
			}
		})
	}
}

// listing writes the findings and notices of a run, one a line.
func listing(run *finding.Run) string {
	var b strings.Builder
	for i := range run.Findings {
		f := &run.Findings[i]
		b.WriteString(f.Rule + " " + strings.TrimPrefix(describe(f), "testdata/projects/") + "\n")
	}
	for i := range run.Notices {
		b.WriteString("notice " + run.Notices[i].String() + "\n")
	}
	return b.String()
}
