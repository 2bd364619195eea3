package hardcodedloglevel_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/opslint/opslint/analyzers/hardcodedloglevel"
	"github.com/opslint/opslint/analyzers/internal/judge"
)

// Programs below bad say with want comments what is reported, those below good
// have nothing to report.
func TestPrograms(t *testing.T) {
	got := make(map[string]string)
	for _, result := range analysistest.Run(t, analysistest.TestData(), hardcodedloglevel.Analyzer, "bad/...", "good/...") {
		if name, good := strings.CutPrefix(result.Pass.Pkg.Path(), "good/"); good {
			got[name] = outcome(result.Result.(*judge.Result))
		}
	}
	// What is silent has to be silent for its own reason.
	want := map[string]string{
		"beside":       "passes",
		"chosen":       "passes",
		"discards":     "no subject",
		"flagged":      "passes",
		"handler":      "passes",
		"plain":        "no subject",
		"spread":       "passes",
		"tagged":       "passes",
		"tool":         "no subject",
		"unmarshalled": "passes",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
}

// outcome sums up what the rule made of the subjects of a program.
func outcome(r *judge.Result) string {
	if len(r.Subjects) == 0 {
		return "no subject"
	}
	for _, s := range r.Subjects {
		if s.Undetermined != "" {
			return s.Undetermined
		}
	}
	return "passes"
}
