package report

import (
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
)

// The types below are the Reviewdog Diagnostic Format. reviewdog refuses a
// report with any field that its version does not know, so only the oldest are
// used.

type rdDiagnostic struct {
	Message     string         `json:"message"`
	Location    rdLocation     `json:"location"`
	Severity    string         `json:"severity"`
	Code        rdCode         `json:"code"`
	Suggestions []rdSuggestion `json:"suggestions,omitempty"`
}

type rdLocation struct {
	Path  string  `json:"path"`
	Range rdRange `json:"range"`
}

type rdRange struct {
	Start rdPosition `json:"start"`
	End   rdPosition `json:"end"`
}

// rdPosition counts columns in bytes.
type rdPosition struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

type rdCode struct {
	Value string `json:"value"`
	URL   string `json:"url,omitempty"`
}

type rdSuggestion struct {
	Range rdRange `json:"range"`
	Text  string  `json:"text"`
}

// RDJSON writes the Reviewdog Diagnostic Format, with fixes as suggestions that
// a reviewer can accept.
func RDJSON(w io.Writer, run *finding.Run, o Options) error {
	const head = `{
  "source": {"name": "opslint", "url": "` + homepage + `"},
  "diagnostics": [`
	if _, err := io.WriteString(w, head); err != nil {
		return err
	}
	hidden := secretsOf(run, byID(run.Rules))
	out := newArray(w, "    ", "  ")
	for _, i := range placedIssues(run, &o) {
		d := rdDiagnostic{
			Message:  i.message,
			Location: rdLocation{o.repositoryPath(i.location.File), rdRangeOf(i.location)},
			Severity: rdSeverity(i.severity),
			Code:     rdCode{Value: i.id},
		}
		if i.finding != nil {
			d.Code.URL = o.ruleURL(i.id)
			d.Suggestions = suggestions(i.finding, hidden)
		}
		if err := out.add(d); err != nil {
			return err
		}
	}
	if err := out.end("  "); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n}\n")
	return err
}

func rdSeverity(s rule.Severity) string {
	if s <= rule.Note {
		return "INFO"
	}
	return strings.ToUpper(s.String())
}

func rdRangeOf(l source.Location) rdRange {
	at := func(offset int) rdPosition {
		offset = min(max(offset, 0), len(l.File.Content))
		line := l.File.Line(offset)
		start := 0 // a byte order mark counts
		if line > 1 {
			start = l.File.LineRange(line).Start
		}
		return rdPosition{line, 1 + offset - start}
	}
	return rdRange{at(l.Range.Start), at(max(l.Range.Start, l.Range.End))}
}

// suggestions returns a fix as one suggestion: reviewers accept suggestions one
// by one, and half a fix is none. A fix that reaches into another file, or whose
// edits have a secret between them, is left to the message.
func suggestions(f *finding.Finding, hidden secrets) []rdSuggestion {
	if f.Fix == nil || len(f.Fix.Edits) == 0 {
		return nil
	}
	file := f.Location.File
	edits := slices.SortedStableFunc(slices.Values(f.Fix.Edits), func(a, b finding.Edit) int { return a.Location.Compare(b.Location) })
	var text strings.Builder
	whole := edits[0].Location
	for i, e := range edits {
		if e.Location.File != file {
			return nil
		}
		if i > 0 {
			between := source.Location{File: file, Range: source.Range{Start: whole.Range.End, End: e.Location.Range.Start}}
			if hidden.touch(between) {
				return nil
			}
			text.WriteString(file.Text(between.Range))
		}
		text.WriteString(e.NewText)
		whole.Range.End = max(whole.Range.End, e.Location.Range.End)
	}
	if !utf8.ValidString(text.String()) {
		return nil
	}
	return []rdSuggestion{{rdRangeOf(whole), text.String()}}
}
