package ignoredexitcode_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/opslint/opslint/analyzers/ignoredexitcode"
)

// Programs below bad say with want comments what is reported, those below good
// have none.
func TestPrograms(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), ignoredexitcode.Analyzer,
		"bad/plain", "bad/result", "bad/dropped", "bad/loggers", "bad/scripts/seed", "good/dev/seed", "good/handled", "good/flags", "good/sentinels", "good/cleanups", "good/warnings",
		"good/reads", "good/deferred", "good/loops", "good/service", "good/comments")
}

// With whose end a program ends is followed into other packages; the finding
// lies where the failure is lost.
func TestOtherPackages(t *testing.T) {
	results := analysistest.Run(ignore{}, analysistest.TestData(), ignoredexitcode.Analyzer, "bad/chain", "bad/chain/jobs", "good/library")
	var got []string
	for _, result := range results {
		for _, d := range result.Diagnostics {
			at := result.Pass.Fset.Position(d.Pos)
			got = append(got, fmt.Sprintf("%s:%d: %s", filepath.Base(at.Filename), at.Line, d.Message))
		}
	}
	want := []string{"jobs.go:9: failure of prune ends with exit code 0; call os.Exit(1) instead of return"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A fix is offered where nothing is deferred.
func TestFixes(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, analysistest.TestData(), ignoredexitcode.Analyzer, "fix")
}

// ignore lets a test look at the diagnostics by itself.
type ignore struct{}

func (ignore) Errorf(string, ...any) {}
