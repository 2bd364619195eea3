package blockingstartup_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/opslint/opslint/analyzers/blockingstartup"
	"github.com/opslint/opslint/analyzers/internal/judge"
)

// Programs below bad say with want comments what is reported, those below good
// have none.
func TestPrograms(t *testing.T) {
	got := make(map[string]string)
	for _, result := range analysistest.Run(t, analysistest.TestData(), blockingstartup.Analyzer, "bad/...", "good/...") {
		if name, good := strings.CutPrefix(result.Pass.Pkg.Path(), "good/"); good {
			got[name] = outcomeOf(result.Result.(*judge.Result))
		}
	}
	// What is silent has to be silent for its own reason.
	want := map[string]string{
		"after":        "nothing waits",
		"alternatives": "within the limit",
		"clock":        "how long the loop waits is only known when it runs; bound it by a context with a timeout",
		"command":      "nothing waits",
		"configured":   "how long the loop waits is only known when it runs; bound it by a context with a timeout",
		"deadline":     "a context may end the loop; give it a timeout that is visible here",
		"drained":      "nothing waits",
		"goroutine":    "nothing waits",
		"handler":      "nothing waits",
		"short":        "within the limit",
		"tool":         "nothing waits",
		"worker":       "nothing waits",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
}

func outcomeOf(r *judge.Result) string {
	if len(r.Subjects) == 0 {
		return "nothing waits"
	}
	if reason := r.Subjects[0].Undetermined; reason != "" {
		return reason
	}
	return "within the limit"
}

// The limit is a parameter, with or without a unit.
func TestMaxParameter(t *testing.T) {
	defer func() {
		if err := blockingstartup.Analyzer.Flags.Set("max", "10"); err != nil {
			t.Fatal(err)
		}
	}()
	for _, value := range []string{"1", "1s"} {
		if err := blockingstartup.Analyzer.Flags.Set("max", value); err != nil {
			t.Fatal(err)
		}
		analysistest.Run(t, analysistest.TestData(), blockingstartup.Analyzer, "limited/...")
	}
}
