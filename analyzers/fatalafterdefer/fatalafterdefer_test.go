package fatalafterdefer_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/opslint/opslint/analyzers/fatalafterdefer"
	"github.com/opslint/opslint/analyzers/internal/judge"
)

// Programs below bad say with want comments what is reported, those below good
// have none; all of the latter have exits that were looked at.
func TestPrograms(t *testing.T) {
	for _, result := range analysistest.Run(t, analysistest.TestData(), fatalafterdefer.Analyzer, "bad/...", "good/...") {
		if result.Pass.Pkg.Name() == "main" && len(result.Result.(*judge.Result).Subjects) == 0 {
			t.Errorf("%s: no exit was looked at", result.Pass.Pkg.Path())
		}
	}
}

// What a function of another package skips of its callers' is known only by the
// program; the finding lies where the exit is.
func TestCallersElsewhere(t *testing.T) {
	results := analysistest.Run(ignore{}, analysistest.TestData(), fatalafterdefer.Analyzer, "callers", "callers/book")
	var got []string
	for _, result := range results {
		for _, d := range result.Diagnostics {
			at := result.Pass.Fset.Position(d.Pos)
			got = append(got, fmt.Sprintf("%s:%d: %s", filepath.Base(at.Filename), at.Line, d.Message))
		}
	}
	advice := "; move the work into a function that returns an error and exit in its caller"
	want := []string{
		"main.go:19: log.Fatal skips the deferred cleanup" + advice,
		"book.go:13: Die skips the deferred cleanup" + advice,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// ignore lets a test look at the diagnostics by itself.
type ignore struct{}

func (ignore) Errorf(string, ...any) {}
