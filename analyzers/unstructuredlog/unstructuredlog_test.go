package unstructuredlog

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/opslint/opslint/analyzers/internal/judge"
)

// analysed is what the analyzer made of all programs of the test data, which are
// loaded once, and what did not fit their comments.
var analysed = sync.OnceValues(func() (map[string]*analysistest.Result, []string) {
	data, err := filepath.Abs("testdata")
	if err != nil {
		return nil, []string{err.Error()}
	}
	r := new(recorder)
	results := make(map[string]*analysistest.Result)
	for _, result := range analysistest.Run(r, data, Analyzer,
		"stdlog", "jsonslog", "defaultslog", "textslog", "guarded", "choice", "format", "logrused", "logrusjson", "logrustext",
		"ginned", "klogset", "zapped", "clitool", "commands", "asked", "redirected", "hclogs", "module/cmd/app", "module/cmd/suite") {
		results[result.Pass.Pkg.Path()] = result
	}
	return results, r.complaints
})

// A recorder keeps what analysistest complains about: a finding in another
// package than the one with main is nothing it can expect.
type recorder struct{ complaints []string }

func (r *recorder) Errorf(format string, args ...any) {
	r.complaints = append(r.complaints, fmt.Sprintf(format, args...))
}

func TestAnalyzer(t *testing.T) {
	_, complaints := analysed()
	elsewhere := []string{ // findings in another package than the one with main
		"module/internal/logging/logging.go:6:10: unexpected diagnostic: zap.NewDevelopment writes text, NewProduction JSON",
		"module/internal/commands/commands.go:22:2: unexpected diagnostic: fmt.Println writes a line that is not JSON",
	}
	for _, want := range elsewhere {
		i := slices.IndexFunc(complaints, func(c string) bool { return strings.HasSuffix(c, want) })
		if i < 0 {
			t.Errorf("no finding %s", want)
			continue
		}
		complaints = slices.Delete(complaints, i, i+1)
	}
	for _, complaint := range complaints {
		t.Error(complaint)
	}
}

func TestFixesWriteJSON(t *testing.T) {
	results, _ := analysed()
	for program, instead := range map[string]string{"textslog": "NewJSONHandler", "zapped": "NewProduction"} {
		for _, d := range results[program].Diagnostics {
			if len(d.SuggestedFixes) != 1 || string(d.SuggestedFixes[0].TextEdits[0].NewText) != instead {
				t.Errorf("%s: %s: fixes %v", program, d.Message, d.SuggestedFixes)
			}
		}
	}
}

// What a fix leaves compiles and is formatted.
func TestFixes(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, analysistest.TestData(), Analyzer, "fixable")
}

func TestUnknownFormatIsUndetermined(t *testing.T) {
	results, _ := analysed()
	subjects := results["format"].Result.(*judge.Result).Subjects
	if !slices.ContainsFunc(subjects, func(s judge.Subject) bool { return s.Undetermined != "" }) {
		t.Error("a format that is chosen at run time passes")
	}
}
