package unstructuredlog

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/opslint/opslint/analyzers/internal/judge"
)

func TestAnalyzer(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), Analyzer,
		"stdlog", "jsonslog", "defaultslog", "textslog", "guarded", "choice", "format", "logrused", "logrusjson", "logrustext",
		"ginned", "klogset", "zapped", "clitool", "commands", "asked", "redirected")
}

// A recorder keeps what analysistest complains about: a finding in another
// package than the one with main is nothing it can expect.
type recorder struct{ complaints []string }

func (r *recorder) Errorf(format string, args ...any) {
	r.complaints = append(r.complaints, fmt.Sprintf(format, args...))
}

func TestAnalyzerReportsInOtherPackages(t *testing.T) {
	for program, want := range map[string]string{
		"module/cmd/app":   "module/internal/logging/logging.go:6:10: unexpected diagnostic: zap.NewDevelopment writes text, NewProduction JSON",
		"module/cmd/suite": "module/internal/commands/commands.go:22:2: unexpected diagnostic: fmt.Println writes a line that is not JSON",
	} {
		r := new(recorder)
		analysistest.Run(r, analysistest.TestData(), Analyzer, program)
		if len(r.complaints) != 1 || !strings.HasSuffix(r.complaints[0], want) {
			t.Errorf("%s: findings outside of main: %q, want one ending in %q", program, r.complaints, want)
		}
	}
}

func TestFixesWriteJSON(t *testing.T) {
	for _, result := range analysistest.Run(t, analysistest.TestData(), Analyzer, "textslog", "zapped") {
		for _, d := range result.Diagnostics {
			if len(d.SuggestedFixes) != 1 || !slices.Contains([]string{"NewJSONHandler", "NewProduction"}, string(d.SuggestedFixes[0].TextEdits[0].NewText)) {
				t.Errorf("%s: fixes %v", d.Message, d.SuggestedFixes)
			}
		}
	}
}

func TestUnknownFormatIsUndetermined(t *testing.T) {
	for _, result := range analysistest.Run(t, analysistest.TestData(), Analyzer, "format") {
		subjects := result.Result.(*judge.Result).Subjects
		if !slices.ContainsFunc(subjects, func(s judge.Subject) bool { return s.Undetermined != "" }) {
			t.Error("a format that is chosen at run time passes")
		}
	}
}
