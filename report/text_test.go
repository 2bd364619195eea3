package report

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
)

// secretRun has one finding of a secret rule and one of another rule on the same
// line.
func secretRun(content, secret string) *finding.Run {
	f := source.NewFile("f", []byte(content))
	start := strings.Index(content, secret)
	place := source.Location{File: f, Range: source.Range{Start: start, End: start + len(secret)}}
	run := &finding.Run{
		Rules: []*rule.Rule{{ID: "x/secret", Secret: true}, {ID: "x/other"}},
		Findings: []finding.Finding{
			{Rule: "x/secret", Severity: rule.Error, Location: place, Message: "m"},
			{Rule: "x/other", Severity: rule.Error, Location: source.Location{File: f, Range: source.Range{Start: 0, End: len(content)}}, Message: "m"},
		},
	}
	run.Sort()
	return run
}

func TestSecretAppearsNowhere(t *testing.T) {
	for content, shown := range map[string]string{
		"password: s3cr3t-value\n":                       "password: •••",
		"  - value: \"s3cr3t-value\"\n":                  "  - value: •••",
		"ENV A=s3cr3t-value B=1\n":                       "ENV A=•••",
		"  password = \"s3cr3t-value\"\n":                "  password = •••",
		"  \"password\": \"s3cr3t-value\",\n":            "  \"password\": •••",
		"args: [--password, s3cr3t-value, --more]\n":     "args: •••",
		"ENV OTHER s3cr3t-value\n":                       "•••",
		"s3cr3t-value: x\n":                              "•••",
		"password: >\n  s3cr3t-value\n  s3cr3t-value\n":  "  •••",
		"注文: s3cr3t-value # " + strings.Repeat("x", 300): "•••",
	} {
		secret := "s3cr3t-value"
		if strings.Count(content, secret) == 2 {
			secret = content[strings.Index(content, secret) : len(content)-1]
		}
		run := secretRun(content, secret)
		for format := range Formats {
			for _, o := range []Options{{}, {Verbose: true, ShowSuppressed: true, Color: true}, {Quiet: true}} {
				got := render(t, format, run, o)
				if strings.Contains(got, "s3cr3t") {
					t.Errorf("%s of %q holds the secret:\n%s", format, content, got)
				}
			}
		}
		if got := render(t, "text", run, Options{}); !strings.Contains(got, "| "+shown+"\n") {
			t.Errorf("text of %q does not show %q:\n%s", content, shown, got)
		}
	}
}

func TestSuppressedSecretIsHiddenFromOthers(t *testing.T) {
	run := secretRun("password: s3cr3t\n", "s3cr3t")
	for i := range run.Findings {
		if run.Findings[i].Rule == "x/secret" {
			run.Findings[i].Suppressed = &finding.Suppression{Kind: finding.ByBaseline}
		}
	}
	if got := render(t, "text", run, Options{}); strings.Contains(got, "s3cr3t") {
		t.Errorf("text holds the secret:\n%s", got)
	}
}

func TestHostileContentIsNeutralised(t *testing.T) {
	const evil = "a\x1b]8;;https://evil.example\x1b\\b\r\n::error::x\u202e\x9b2J"
	f := source.NewFile(evil+".yaml", []byte(evil+"\n"))
	l := source.Location{File: f, Range: source.Range{Start: 0, End: 3}}
	run := &finding.Run{
		Rules: []*rule.Rule{{ID: "x/y", Remedy: evil}},
		Findings: []finding.Finding{
			{Rule: "x/y", Severity: rule.Error, Location: l, Message: evil, Related: []finding.Related{{Location: l, Message: evil}}},
			{Rule: evil, Severity: rule.Note, Location: l, Message: evil, Suppressed: &finding.Suppression{Kind: finding.ByDirective, Reason: evil, Location: l}},
		},
		Verdicts: []finding.Verdict{{Rule: evil, Subject: evil, Outcome: finding.Undetermined, Reason: evil, Location: l}},
		Notices:  []finding.Notice{{Location: l, Message: evil, Incomplete: true}, {Message: evil}},
	}
	for _, format := range []string{"text", "github", "azure", "markdown", "checkstyle", "junit"} {
		got := render(t, format, run, Options{Verbose: true})
		if i := strings.IndexFunc(got, hostile); i >= 0 {
			t.Errorf("%s holds %q", format, got[i:])
		}
		for line := range strings.Lines(got) {
			if strings.HasPrefix(strings.TrimSpace(line), "::error::") {
				t.Errorf("%s: content became a command: %s", format, line)
			}
		}
	}
}

func TestTextCountsManyFindingsByRule(t *testing.T) {
	run := sampleRun()
	if strings.Contains(render(t, "text", run, Options{}), "  error    ") {
		t.Error("few findings are counted by rule")
	}
	for i := range 30 {
		f := sampleFindings()[0]
		f.Key = fmt.Sprint(i)
		run.Findings = append(run.Findings, f)
	}
	got := render(t, "text", run, Options{})
	if !strings.Contains(got, "\n    31  error    kubernetes/missing-readiness-probe\n     1  error    go/secret-in-log\n") {
		t.Errorf("findings are not counted by rule:\n%s", got[len(got)-700:])
	}
}

func TestTextRepeatsNoRemedyRightBelowItself(t *testing.T) {
	f := source.NewFile("a.yaml", []byte("a: 1\nb: 2\n"))
	g := source.NewFile("b.yaml", []byte("a: 1\n"))
	place := func(f *source.File, start int) source.Location {
		return source.Location{File: f, Range: source.Range{Start: start, End: start + 1}}
	}
	run := &finding.Run{
		Rules: []*rule.Rule{{ID: "x/y", Remedy: "do it"}},
		Findings: []finding.Finding{
			{Rule: "x/y", Severity: rule.Error, Location: place(f, 0), Message: "m"},
			{Rule: "x/y", Severity: rule.Error, Location: place(f, 5), Message: "m"},
			{Rule: "x/y", Severity: rule.Error, Location: place(g, 0), Message: "m"},
		},
	}
	if got := strings.Count(render(t, "text", run, Options{}), "fix: do it"); got != 2 {
		t.Errorf("remedy stands %d times, want once a file", got)
	}
}

func TestNothingCheckedIsNoCleanBill(t *testing.T) {
	run := &finding.Run{Inputs: finding.Inputs{Rules: 31}}
	const want = "no findings in 0 files: nothing to check was found (31 rules)\n"
	for _, format := range []string{"text", "github", "azure"} {
		if got := render(t, format, run, Options{}); got != want {
			t.Errorf("%s: got %q", format, got)
		}
	}
}

func TestWriteReportsErrors(t *testing.T) {
	for format := range Formats {
		if err := Write(brokenPipe{}, format, sampleRun(), Options{}); !errors.Is(err, errBroken) {
			t.Errorf("%s: error is %v", format, err)
		}
	}
	err := Write(&strings.Builder{}, "yaml", sampleRun(), Options{})
	if err == nil || !strings.Contains(err.Error(), "azure, checkstyle, github, gitlab, json, junit, markdown, rdjson, sarif, text") {
		t.Errorf("unknown format: %v", err)
	}
}

var errBroken = errors.New("broken pipe")

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errBroken }
