package unboundedshutdown_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/unboundedshutdown"
)

// Programs below bad say with want comments what is reported, those below good
// have none.
func TestPrograms(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), unboundedshutdown.Analyzer, "bad/...", "good/...")
}

// Fixes compile and are formatted; none is applied unasked.
func TestFixes(t *testing.T) {
	for _, result := range analysistest.RunWithSuggestedFixes(t, analysistest.TestData(), unboundedshutdown.Analyzer, "fix/...") {
		for _, d := range result.Diagnostics {
			if len(d.SuggestedFixes) != 1 || result.Result.(*judge.Result).Detail(&d).SafeFix {
				t.Errorf("%s: %d fixes for %s", result.Pass.Pkg.Path(), len(d.SuggestedFixes), d.Message)
			}
		}
	}
}

// An organisation may allow more.
func TestMaxParameter(t *testing.T) {
	set := func(value string) {
		if err := unboundedshutdown.Analyzer.Flags.Set("max", value); err != nil {
			t.Fatal(err)
		}
	}
	set("60")
	defer set("30")
	for _, result := range analysistest.Run(silent{}, analysistest.TestData(), unboundedshutdown.Analyzer, "bad/long", "bad/named") {
		if want := map[string]int{"bad/named": 1}[result.Pass.Pkg.Path()]; len(result.Diagnostics) != want {
			t.Errorf("%s: %d findings", result.Pass.Pkg.Path(), len(result.Diagnostics))
		}
	}
}

// silent takes the complaints that the want comments, written for the default,
// are not met.
type silent struct{}

func (silent) Errorf(string, ...any) {}
