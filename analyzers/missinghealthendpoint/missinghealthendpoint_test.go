package missinghealthendpoint_test

import (
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/missinghealthendpoint"
)

// Programs below bad say with want comments what is reported. All others have no
// finding: those below good since they answer, below unknown since something is
// out of sight, below silent since nobody asks them.
func TestPrograms(t *testing.T) {
	for _, result := range analysistest.Run(t, analysistest.TestData(), missinghealthendpoint.Analyzer, "bad/...", "good/...", "unknown/...", "silent/...") {
		path := result.Pass.Pkg.Path()
		subjects := result.Result.(*judge.Result).Subjects
		doubt := ""
		for _, s := range subjects {
			doubt += s.Undetermined
		}
		if unknown := strings.HasPrefix(path, "unknown/"); unknown != (doubt != "") {
			t.Errorf("%s: undetermined: %q", path, doubt)
		}
		if silent := strings.HasPrefix(path, "silent/"); silent != (len(subjects) == 0) {
			t.Errorf("%s: %d subjects", path, len(subjects))
		}
	}
}

// An organisation may name other paths, and ask for fewer kinds.
func TestParameters(t *testing.T) {
	set := func(name, value string) {
		if err := missinghealthendpoint.Analyzer.Flags.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	set("required", "health")
	set("paths", "health=/ping")
	defer set("required", "health,ready,startup")
	defer set("paths", "")
	results := analysistest.Run(quiet{t}, analysistest.TestData(), missinghealthendpoint.Analyzer, "bad/none")
	if found := results[0].Diagnostics; len(found) > 0 {
		t.Errorf("findings: %v", found)
	}
}

// quiet passes over what the comments want that is not reported.
type quiet struct{ *testing.T }

func (quiet) Errorf(string, ...any) {}
