package missingclienttimeout_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/missingclienttimeout"
)

// Programs below bad say with want comments what is reported, those below good
// have none. The golden shows what is left of the file once the fix is applied.
func TestPrograms(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, analysistest.TestData(), missingclienttimeout.Analyzer, "bad/literal")
	analysistest.Run(t, analysistest.TestData(), missingclienttimeout.Analyzer, "bad/functions", "good/...")
}

// A client is judged by the requests of all packages, at its literal: a finding
// of a program in another package of it.
func TestAcrossPackages(t *testing.T) {
	results := analysistest.Run(silent{t}, analysistest.TestData(), missingclienttimeout.Analyzer, "bad/handler")
	var messages []string
	for _, d := range results[0].Diagnostics {
		messages = append(messages, d.Message)
	}
	if len(messages) != 1 || messages[0] != "http.Client has no Timeout, and c.http.Do no deadline" {
		t.Errorf("findings: %q", messages)
	}
	if subjects := results[0].Result.(*judge.Result).Subjects; len(subjects) != 1 {
		t.Errorf("%d subjects, want 1", len(subjects))
	}
}

// silent passes over findings in files that analysistest does not expect any in.
type silent struct{ *testing.T }

func (silent) Errorf(string, ...any) {}
