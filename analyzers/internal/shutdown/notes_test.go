package shutdown

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
)

// noteReporter reports the notes of a program: in its own package where they
// are, those of others at its package clause.
var noteReporter = &analysis.Analyzer{
	Name:     "notes",
	Doc:      "report notes",
	Requires: []*analysis.Analyzer{Analyzer},
	Run: func(pass *analysis.Pass) (any, error) {
		program := pass.ResultOf[Analyzer].(*Program)
		if program == nil {
			return nil, nil
		}
		for _, n := range program.Notes() {
			words := []string{n.Func, "in", n.In}
			switch {
			case n.Before:
				words = append(words, "before")
			case n.OnMain && n.Live:
				words = append(words, "main live")
			case n.OnMain:
				words = append(words, "main")
			case n.Live:
				words = append(words, "live")
			}
			pos := pass.Files[0].Package
			if n.Site.Package == pass.Pkg.Path() {
				span, _ := Span(pass, n.Site)
				pos = span.Pos()
			} else {
				words = append(words, fmt.Sprintf("%s:%d", n.Site.File, n.Site.Line))
			}
			pass.Reportf(pos, "%s", strings.Join(words, " "))
		}
		return nil, nil
	},
}

// Notes tell what is done on the way to serving from what is done in handlers,
// goroutines, after the end, and in branches and commands that do not serve.
func TestNotes(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), noteReporter, "notes/startup", "notes/commands")
}
