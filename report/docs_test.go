package report

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
)

// TestDocumentedReport keeps the example of docs/json.md true.
func TestDocumentedReport(t *testing.T) {
	const path = "../docs/json.md"
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, _ := strings.Cut(string(content), "```json\n")
	documented, after, ok := strings.Cut(rest, "```\n")
	if !ok {
		t.Fatalf("%s has no example", path)
	}
	want := render(t, "json", documentedRun(), Options{})
	if *update {
		if err := os.WriteFile(path, []byte(before+"```json\n"+want+"```\n"+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, documented); diff != "" {
		t.Errorf("example of %s (-want +got):\n%s", path, diff)
	}
}

// TestDocumentedFormats keeps the table of docs/formats.md complete.
func TestDocumentedFormats(t *testing.T) {
	content, err := os.ReadFile("../docs/formats.md")
	if err != nil {
		t.Fatal(err)
	}
	var documented []string
	for _, row := range regexp.MustCompile("(?m)^\\| `(\\w+)` \\|").FindAllStringSubmatch(string(content), -1) {
		documented = append(documented, row[1])
	}
	slices.Sort(documented)
	if diff := cmp.Diff(Names(), documented); diff != "" {
		t.Errorf("formats (-known +documented):\n%s", diff)
	}
}

func documentedRun() *finding.Run {
	full := sampleRun()
	run := &finding.Run{Version: full.Version, Inputs: finding.Inputs{Files: 2, Documents: 1, Rules: 1}}
	for _, r := range full.Rules {
		if r.ID == "kubernetes/missing-readiness-probe" {
			r.Aliases = nil
			r.Description, _, _ = strings.Cut(r.Description, "\n\n")
			run.Rules = []*rule.Rule{r}
		}
	}
	for _, f := range full.Findings {
		if f.Rule == "kubernetes/missing-readiness-probe" {
			f.Related[0].Message = "this Service sends it requests"
			run.Findings = append(run.Findings, f)
		}
	}
	for _, v := range full.Verdicts {
		if v.Rule == "kubernetes/missing-readiness-probe" && v.Outcome == finding.Fail {
			run.Verdicts = append(run.Verdicts, v)
		}
	}
	for _, n := range full.Notices {
		if n.Incomplete && n.Location.File != nil {
			run.Notices = append(run.Notices, n)
		}
	}
	return run
}
