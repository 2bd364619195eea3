package incompletesecurityevent

import (
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/opslint/opslint/analyzers/internal/judge"
)

func TestAnalyzer(t *testing.T) {
	for _, result := range analysistest.Run(t, analysistest.TestData(), Analyzer, "events") {
		subjects := result.Result.(*judge.Result).Subjects
		if !slices.ContainsFunc(subjects, func(s judge.Subject) bool { return s.Undetermined != "" }) {
			t.Error("an event with attributes that are not known passes")
		}
	}
}
