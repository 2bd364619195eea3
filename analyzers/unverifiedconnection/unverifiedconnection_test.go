package unverifiedconnection_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/unverifiedconnection"
)

// Programs below bad say with want comments what is reported, those below good
// have none.
func TestPrograms(t *testing.T) {
	got := make(map[string]string)
	for _, result := range analysistest.Run(t, analysistest.TestData(), unverifiedconnection.Analyzer, "bad/...", "good/...") {
		if name, good := strings.CutPrefix(result.Pass.Pkg.Path(), "good/"); good {
			got[name] = outcomeOf(result.Result.(*judge.Result))
		}
	}
	// What is silent has to be silent for its own reason.
	want := map[string]string{
		"behind":    "checked",
		"embedded":  "no subject",
		"channel":   "the database is handed to a channel, which may ping it; call PingContext where it is opened",
		"lists":     "checked",
		"parameter": "checked",
		"pinged":    "checked",
		"readiness": "checked",
		"seeded":    "newStore uses the database and may do so before the program serves; call PingContext where it is opened",
		"tool":      "no subject",
		"value":     "the database is handed to the caller of open, which may ping it; call PingContext where it is opened",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
}

func outcomeOf(r *judge.Result) string {
	if len(r.Subjects) == 0 {
		return "no subject"
	}
	if reason := r.Subjects[0].Undetermined; reason != "" {
		return reason
	}
	return "checked"
}
