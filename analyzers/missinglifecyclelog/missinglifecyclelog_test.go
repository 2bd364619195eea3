package missinglifecyclelog

import (
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/opslint/opslint/analyzers/internal/judge"
)

// Programs below bad say with want comments what is reported, those below good
// have nothing to report.
func TestPrograms(t *testing.T) {
	for _, result := range analysistest.Run(t, analysistest.TestData(), Analyzer, "bad/...", "good/...") {
		if name, good := strings.CutPrefix(result.Pass.Pkg.Path(), "good/"); good {
			if subjects := len(result.Result.(*judge.Result).Subjects); subjects == 0 && name != "tool" {
				t.Errorf("%s: nothing was looked at", name)
			}
		}
	}
}
