package misregisteredsignalhandler_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/misregisteredsignalhandler"
)

// Programs below bad say with want comments what is reported, those below good
// have none; in all of them a registration was looked at.
func TestPrograms(t *testing.T) {
	for _, result := range analysistest.Run(t, analysistest.TestData(), misregisteredsignalhandler.Analyzer, "bad/...", "good/...") {
		if len(result.Result.(*judge.Result).Subjects) == 0 {
			t.Errorf("%s: no registration was looked at", result.Pass.Pkg.Path())
		}
	}
}

// What a package knows of its channels, lists and functions is used by those
// that import it.
func TestFacts(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), misregisteredsignalhandler.Analyzer, "facts/...")
}

// Both fixes are safe, and none empties a list of signals: that would mean all.
func TestFixes(t *testing.T) {
	for _, result := range analysistest.RunWithSuggestedFixes(t, analysistest.TestData(), misregisteredsignalhandler.Analyzer, "fix/...") {
		for _, d := range result.Diagnostics {
			if safe := result.Result.(*judge.Result).Detail(&d).SafeFix; safe != (len(d.SuggestedFixes) > 0) {
				t.Errorf("%s: safe %t with %d fixes", d.Message, safe, len(d.SuggestedFixes))
			}
		}
	}
}
