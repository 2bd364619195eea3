package missingrequestmetrics_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/opslint/opslint/analyzers/missingrequestmetrics"
)

// Programs below bad say with want comments what is reported, those below good
// have none. Where the idiom is a library's, more programs lie in
// ../testdata/libraries.
func TestPrograms(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), missingrequestmetrics.Analyzer, "bad/...", "good/...")
}
