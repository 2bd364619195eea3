package missingservertimeout_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/opslint/opslint/analyzers/missingservertimeout"
)

// Programs below bad say with want comments what is reported, those below good
// have none. Goldens show what is left of the file once the fix is applied.
func TestPrograms(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, analysistest.TestData(), missingservertimeout.Analyzer, "bad/literal", "bad/lines")
	analysistest.Run(t, analysistest.TestData(), missingservertimeout.Analyzer, "bad/functions", "bad/field", "good/...")
}

// An organisation may ask for a limit of answers, too.
func TestRequireParameter(t *testing.T) {
	set := func(value string) {
		if err := missingservertimeout.Analyzer.Flags.Set("require", value); err != nil {
			t.Fatal(err)
		}
	}
	set("read+write")
	defer set("read")
	analysistest.Run(t, analysistest.TestData(), missingservertimeout.Analyzer, "writing")
}
