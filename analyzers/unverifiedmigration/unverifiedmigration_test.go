package unverifiedmigration_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/unverifiedmigration"
)

// Programs below bad say with want comments what is reported, those below good
// have none. The library is a stub with its real import path.
func TestPrograms(t *testing.T) {
	subjects := make(map[string]int)
	for _, result := range analysistest.Run(t, analysistest.TestData(), unverifiedmigration.Analyzer, "bad/...", "good/...") {
		if name, good := strings.CutPrefix(result.Pass.Pkg.Path(), "good/"); good {
			subjects[name] = len(result.Result.(*judge.Result).Subjects)
		}
	}
	want := map[string]int{"version": 1, "logged": 1, "returned": 1, "server": 0, "unused": 0, "logger": 1}
	if diff := cmp.Diff(want, subjects); diff != "" {
		t.Errorf("subjects (-want +got):\n%s", diff)
	}
}
