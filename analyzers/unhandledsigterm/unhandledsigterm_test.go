package unhandledsigterm_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/unhandledsigterm"
)

// Programs below bad say with want comments what is reported, those below good
// have none. The libraries are stubs with the real import paths.
func TestPrograms(t *testing.T) {
	got := make(map[string]string)
	for _, result := range analysistest.Run(t, analysistest.TestData(), unhandledsigterm.Analyzer, "bad/...", "good/...") {
		name, good := strings.CutPrefix(result.Pass.Pkg.Path(), "good/")
		if outcome := outcomeOf(result.Result.(*judge.Result)); good && outcome != "handled" {
			got[name] = outcome
		}
	}
	// What is silent without a trap has to be silent for its own reason.
	want := map[string]string{
		"boundedloop":         "no service",
		"closedlistener":      "no service",
		"dependency":          "package example.org/trapper of a dependency uses os/signal and may trap SIGTERM",
		"generated":           "no service",
		"helperpackage/sig":   "no service",
		"httptest":            "no service",
		"indirectdependency":  "package example.org/trapper of a dependency uses os/signal and may trap SIGTERM",
		"lambda":              "no service",
		"lambdaorserver":      "no service",
		"library":             "no service",
		"login":               "whether the main goroutine waits for srv.ListenAndServe cannot be seen",
		"profiledtool":        "no service",
		"resultchannel/stop":  "no service",
		"retry":               "no service",
		"selfending":          "no service",
		"signalvariables/sig": "no service",
		"stdin":               "no service",
		"stopsitself":         "srv.ListenAndServe is stopped by something other than a signal",
		"timedcontext":        "no service",
		"waitingtool":         "no service",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
}

func outcomeOf(r *judge.Result) string {
	for _, s := range r.Subjects {
		if s.Undetermined != "" {
			return s.Undetermined
		}
	}
	if len(r.Subjects) == 0 {
		return "no service"
	}
	return "handled"
}

// Where one list of signals lacks SIGTERM, adding it is safe.
func TestFixes(t *testing.T) {
	for _, result := range analysistest.RunWithSuggestedFixes(t, analysistest.TestData(), unhandledsigterm.Analyzer, "fix/...") {
		for _, d := range result.Diagnostics {
			if !result.Result.(*judge.Result).Detail(&d).SafeFix {
				t.Errorf("%s: no safe fix for %s", result.Pass.Pkg.Path(), d.Message)
			}
		}
	}
}

// An organisation may ask for SIGINT too; what lacks it is only a note.
func TestSignalsParameter(t *testing.T) {
	set := func(value string) {
		if err := unhandledsigterm.Analyzer.Flags.Set("signals", value); err != nil {
			t.Fatal(err)
		}
	}
	set("SIGTERM,SIGINT")
	defer set("SIGTERM")
	results := analysistest.Run(t, analysistest.TestData(), unhandledsigterm.Analyzer, "interrupt")
	var severities []string
	for _, d := range results[0].Diagnostics {
		severities = append(severities, fmt.Sprint(results[0].Result.(*judge.Result).Detail(&d).Severity))
	}
	if diff := cmp.Diff([]string{"note"}, severities); diff != "" {
		t.Error(diff)
	}
}
