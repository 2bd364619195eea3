package logwithoutcontext_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/logwithoutcontext"
)

// Programs below bad say with want comments what is reported, those below good
// have none.
func TestPrograms(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), logwithoutcontext.Analyzer, "bad/...", "good/...")
}

// A fix is offered where one context is at hand, and safe.
func TestFixesPassTheContext(t *testing.T) {
	for _, result := range analysistest.RunWithSuggestedFixes(t, analysistest.TestData(), logwithoutcontext.Analyzer, "fixed/main") {
		for i := range result.Diagnostics {
			if d := &result.Diagnostics[i]; !result.Result.(*judge.Result).Detail(d).SafeFix {
				t.Errorf("%s: the fix is not safe", d.Message)
			}
		}
	}
	for _, result := range analysistest.Run(t, analysistest.TestData(), logwithoutcontext.Analyzer, "bad/several") {
		for _, d := range result.Diagnostics {
			if len(d.SuggestedFixes) > 0 {
				t.Errorf("%s: a fix has to choose between two contexts", d.Message)
			}
		}
	}
}
