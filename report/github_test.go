package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
)

func TestGitHubAnnotatesErrorsFirstAndNoMoreThanAreShown(t *testing.T) {
	run := &finding.Run{}
	f := source.NewFile("a.yaml", []byte(strings.Repeat("a: 1\n", 40)))
	for i := range 36 {
		run.Findings = append(run.Findings, finding.Finding{
			Rule: "x/y", Severity: rule.Note + rule.Severity(i%3), Message: fmt.Sprintf("finding ##[error] %d", i),
			Location: source.Location{File: f, Range: source.Range{Start: i * 5, End: i*5 + 1}},
		})
	}
	run.Notices = []finding.Notice{{Message: "unreadable", Incomplete: true}}
	got := render(t, "github", run, Options{})
	var kinds, rest []string
	for line := range strings.Lines(got) {
		switch kind, _, ok := strings.Cut(strings.TrimPrefix(line, "::"), " "); {
		case strings.HasPrefix(line, "::error "), strings.HasPrefix(line, "::warning "), strings.HasPrefix(line, "::notice "):
			kinds = append(kinds, kind)
		case ok && strings.HasPrefix(line, "- "):
			rest = append(rest, line)
			if strings.Contains(line, "##[") {
				t.Errorf("line of the log is a command: %s", line)
			}
		}
	}
	want := strings.Repeat("error ", 10) + strings.Repeat("warning ", 10) + strings.Repeat("notice ", 10)
	if strings.Join(kinds, " ")+" " != want {
		t.Errorf("annotations are %v", kinds)
	}
	if len(rest) != 7 || !strings.Contains(got, "::group::7 more (") || !strings.Contains(got, "unreadable") {
		t.Errorf("%d findings are in the log and not annotated, want 7:\n%s", len(rest), got)
	}
}

func TestGitHubEscapes(t *testing.T) {
	f := source.NewFile("a,b:c%.yaml", []byte("a: 1\n"))
	run := &finding.Run{Findings: []finding.Finding{{
		Rule: "x/y", Severity: rule.Error, Message: "100% of a, b: c",
		Location: source.Location{File: f, Range: source.Range{Start: 3, End: 4}},
	}}}
	want := "::error file=a%2Cb%3Ac%25.yaml,line=1,col=4,endLine=1,endColumn=5,title=x/y::100%25 of a, b: c\n"
	if got := render(t, "github", run, Options{}); !strings.HasPrefix(got, want) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
