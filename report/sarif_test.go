package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
)

func TestHashLines(t *testing.T) {
	// What Microsoft's SARIF Multitool inserts for the same file.
	content := "apiVersion: v1\r\nkind:\tService 🚀\r\n\r\n  name: 注文\n\n  \t \nname: x\rlone\nlast ä"
	want := []string{
		"3897663de20d2b51:1", "c59a4a38802cc866:1", "9206ff5c505d01ae:1", "22e2c2519e50abbc:1", "604b754e93eaba30:1",
		"f2c7ce5561cc5686:1", "1ec0ac512367eef4:1", "d3b664bef9ca9047:1", "37123772ca507bb3:1",
	}
	if got := hashLines([]byte(content)); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	file := source.NewFile("a.yaml", []byte(content))
	if file.Lines() != len(want) {
		t.Errorf("file has %d lines, hashes are for %d", file.Lines(), len(want))
	}
}

func TestHashLinesCountsEqualLines(t *testing.T) {
	same := strings.Repeat("x\n", 200)
	hashes := hashLines([]byte(same))
	if len(hashes) != 201 || !strings.HasSuffix(hashes[0], ":1") || !strings.HasSuffix(hashes[100], ":101") {
		t.Errorf("%d hashes, first %s, hundred and first %s", len(hashes), hashes[0], hashes[100])
	}
}

func TestArtifactURI(t *testing.T) {
	for path, want := range map[string]string{
		"a/b.yaml":       "a/b.yaml",
		"a b/ä#?.yaml":   "a%20b/%C3%A4%23%3F.yaml",
		"c:d/e:f.yaml":   "c%3Ad/e:f.yaml",
		"100%/[x].yaml":  "100%25/%5Bx%5D.yaml",
		"quote\"/<>.yml": "quote%22/%3C%3E.yml",
	} {
		s := &sarif{o: &Options{}}
		if got := s.artifact(source.NewFile(path, nil)).URI; got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
	s := &sarif{o: &Options{Prefix: "services/orders"}}
	if got := s.artifact(source.NewFile("a.yaml", nil)).URI; got != "services/orders/a.yaml" {
		t.Errorf("with a prefix: %s", got)
	}
}

func TestFingerprintStaysWhenLinesMove(t *testing.T) {
	of := func(content string) string {
		f := source.NewFile("a.yaml", []byte(content))
		start := strings.Index(content, "latest")
		return fingerprint(&finding.Finding{Rule: "r/r", Subject: "s", Key: "k", Location: source.Location{File: f, Range: source.Range{Start: start, End: start + 6}}})
	}
	if a, b := of("x: latest\n"), of("# more\n\nx:   latest\n"); a != b {
		t.Errorf("%s became %s", a, b)
	}
}

func TestFindingWithoutFileIsAnError(t *testing.T) {
	run := &finding.Run{Findings: []finding.Finding{{Rule: "r/r", Severity: rule.Error, Message: "m"}}}
	for format := range Formats {
		if err := Write(io.Discard, format, run, Options{}); err == nil {
			t.Errorf("%s: no error, and code hosts would reject the file", format)
		}
	}
}

func TestRelatedPlaceInNoFile(t *testing.T) {
	f := source.NewFile("a.yaml", []byte("a: 1\n"))
	run := &finding.Run{Findings: []finding.Finding{{
		Rule: "r/r", Severity: rule.Error, Message: "m", Location: source.Location{File: f},
		Related: []finding.Related{{Message: "nowhere else"}}, Trace: []finding.Related{{Message: "out of the dark"}},
	}}}
	for format := range Formats {
		if got := render(t, format, run, Options{}); format != "github" && !strings.Contains(got, "nowhere else") {
			t.Errorf("%s lacks the related message:\n%s", format, got)
		}
	}
}

func TestCompareClauses(t *testing.T) {
	got := []string{"OPS-MON.1", "OPS-11.4", "OPS-9.10", "OPS-9", "OPS-9.2", "OPS-1.1"}
	slices.SortFunc(got, compareClauses)
	want := "OPS-1.1 OPS-9 OPS-9.2 OPS-9.10 OPS-11.4 OPS-MON.1"
	if strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

// BenchmarkSARIF writes 100,000 results of 300 rules in 1,000 files.
func BenchmarkSARIF(b *testing.B) {
	run := largeRun(100_000, 300, 1_000)
	for _, all := range []bool{false, true} {
		b.Run(fmt.Sprintf("all=%v", all), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := Write(io.Discard, "sarif", run, Options{NoLimits: all}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func largeRun(results, rules, files int) *finding.Run {
	run := &finding.Run{Version: "v1.0.0"}
	for i := range rules {
		r := *sampleRules()[0]
		r.ID = fmt.Sprintf("kubernetes/rule-%d", i)
		run.Rules = append(run.Rules, &r)
	}
	content := []byte(strings.Repeat(ordersYAML, 8))
	for i := range files {
		f := source.NewFile(fmt.Sprintf("deploy/%d/orders.yaml", i), content)
		for j := range results / files {
			at := j * 7 % (len(content) - 20)
			run.Findings = append(run.Findings, finding.Finding{
				Rule: run.Rules[j%rules].ID, Severity: rule.Error, Subject: "Deployment/orders", Key: fmt.Sprint(j),
				Message:  `container "api" has no readinessProbe`,
				Location: source.Location{File: f, Range: source.Range{Start: at, End: at + 9}},
				Related:  []finding.Related{{Location: source.Location{File: f, Range: source.Range{Start: 0, End: 4}}, Message: "the other end"}},
			})
		}
	}
	run.Sort()
	return run
}
