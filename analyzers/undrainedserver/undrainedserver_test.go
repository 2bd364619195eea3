package undrainedserver_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/opslint/opslint/analyzers/undrainedserver"
)

// Programs below bad say with want comments what is reported, those below good
// have none.
func TestPrograms(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), undrainedserver.Analyzer, "bad/...", "good/...")
}
