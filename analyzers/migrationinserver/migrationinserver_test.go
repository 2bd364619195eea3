package migrationinserver_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/migrationinserver"
)

// Programs below bad say with want comments what is reported, those below good
// have none.
func TestPrograms(t *testing.T) {
	got := make(map[string]string)
	for _, result := range analysistest.Run(t, analysistest.TestData(), migrationinserver.Analyzer, "bad/...", "good/...") {
		if name, good := strings.CutPrefix(result.Pass.Pkg.Path(), "good/"); good {
			got[name] = outcomeOf(result.Result.(*judge.Result))
		}
	}
	// What is silent has to be silent for its own reason.
	want := map[string]string{
		"command":      "no migration",
		"data":         "no migration",
		"flag":         "no migration",
		"handler":      "no migration",
		"registered":   "no migration",
		"setting":      "whether replicas migrate when they start depends on *autoMigrate; migrate in a command of its own",
		"settingabove": `whether replicas migrate when they start depends on os.Getenv("MIGRATE_ON_START"); migrate in a command of its own`,
		"sqlite":       "no migration",
		"tool":         "no migration",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
}

func outcomeOf(r *judge.Result) string {
	if len(r.Subjects) == 0 {
		return "no migration"
	}
	return r.Subjects[0].Undetermined
}
