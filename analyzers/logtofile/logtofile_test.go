package logtofile_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/logtofile"
)

// Programs below bad say with want comments what is reported, those below good
// have nothing to report.
func TestPrograms(t *testing.T) {
	got := make(map[string]string)
	for _, result := range analysistest.Run(t, analysistest.TestData(), logtofile.Analyzer, "bad/...", "good/...") {
		if name, good := strings.CutPrefix(result.Pass.Pkg.Path(), "good/"); good {
			got[name] = outcome(result.Result.(*judge.Result))
		}
	}
	// What is silent has to be silent for its own reason.
	want := map[string]string{
		"asked":       "whether the log goes to a file depends on *path != \"\"; write to a standard stream always",
		"buffer":      "no subject",
		"data":        "no subject",
		"development": "no subject",
		"device":      "passes",
		"stream":      "passes",
		"tool":        "no subject",
		"unknown":     "where log.SetOutput writes is not known here; give it os.Stdout or os.Stderr",
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
