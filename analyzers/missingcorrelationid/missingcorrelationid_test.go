package missingcorrelationid_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/missingcorrelationid"
)

// Programs below bad say with want comments what is reported, those below good
// have none.
func TestPrograms(t *testing.T) {
	got := make(map[string]int)
	for _, result := range analysistest.Run(t, analysistest.TestData(), missingcorrelationid.Analyzer, "bad/...", "good/...") {
		if name, good := strings.CutPrefix(result.Pass.Pkg.Path(), "good/"); good {
			got[name] = len(result.Result.(*judge.Result).Subjects)
		}
	}
	// What is silent is either examined or no server that has to have an id.
	want := map[string]int{"bound": 1, "configured": 1, "diagnosis": 0, "index": 1, "made": 1, "read": 1, "socket": 0, "tool": 0}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("subjects (-want +got):\n%s", diff)
	}
}

// Headers of an organisation's own are a parameter.
func TestHeadersParameter(t *testing.T) {
	set := func(value string) {
		if err := missingcorrelationid.Analyzer.Flags.Set("headers", value); err != nil {
			t.Fatal(err)
		}
	}
	set("X-Acme-Call")
	defer set("")
	analysistest.Run(t, analysistest.TestData(), missingcorrelationid.Analyzer, "parameter/...")
}
