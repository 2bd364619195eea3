package report

import (
	"cmp"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
)

// sarifLimits are how much a code host takes; it refuses a file with more.
type sarifLimits struct {
	results int // of a run
	bytes   int // of the file, compressed
}

// GitHub takes 25,000 results and 10 MB. Compressors differ a little, and so may
// what a step behind us adds to the file.
var codeHost = sarifLimits{results: 25_000, bytes: 9_500_000}

// leftOut is the rule under which a SARIF report says that results are left out.
const leftOut = "opslint/results-left-out"

// A sarifEntry is what a result is made of; one of its pointers is set.
type sarifEntry struct {
	priority sarifPriority
	finding  *finding.Finding
	notice   *finding.Notice
	verdict  *finding.Verdict
}

// sarifPriority says what to keep where not everything can be kept.
type sarifPriority int

// The priorities, first to keep first.
const (
	errorEntry sarifPriority = iota
	noticeEntry
	warningEntry
	noteEntry
	openEntry
	suppressedEntry
	priorities
)

// name counts entries of the priority.
func (p sarifPriority) name(n int) string {
	switch p {
	case errorEntry:
		return plural(n, "error")
	case noticeEntry:
		return fmt.Sprintf("%d not analysed", n)
	case warningEntry:
		return plural(n, "warning")
	case noteEntry:
		return plural(n, "note")
	case openEntry:
		return fmt.Sprintf("%d undetermined", n)
	}
	return fmt.Sprintf("%d suppressed", n)
}

func priorityOf(f *finding.Finding) sarifPriority {
	switch {
	case f.Suppressed != nil:
		return suppressedEntry
	case f.Severity == rule.Error:
		return errorEntry
	case f.Severity == rule.Warning:
		return warningEntry
	}
	return noteEntry
}

func (e *sarifEntry) location() source.Location {
	switch {
	case e.finding != nil:
		return e.finding.Location
	case e.notice != nil:
		return e.notice.Location
	}
	return e.verdict.Location
}

// entries returns what the report should hold.
func (s *sarif) entries() []sarifEntry {
	entries := make([]sarifEntry, 0, len(s.run.Findings))
	for i := range s.run.Findings {
		if f := &s.run.Findings[i]; f.Suppressed == nil || s.o.ShowSuppressed {
			entries = append(entries, sarifEntry{priority: priorityOf(f), finding: f})
		}
	}
	for i := range s.run.Notices {
		if n := &s.run.Notices[i]; mirrored(n) {
			entries = append(entries, sarifEntry{priority: noticeEntry, notice: n})
		}
	}
	for i := range s.run.Verdicts {
		v := &s.run.Verdicts[i]
		if s.o.ShowUndetermined && v.Outcome == finding.Undetermined && v.Location.File != nil {
			entries = append(entries, sarifEntry{priority: openEntry, verdict: v})
		}
	}
	return entries
}

// limit returns the entries that a code host takes, in their order if it takes
// all, else errors first. What is left out is told by s.leftOut.
func (s *sarif) limit(entries []sarifEntry, most sarifLimits) ([]sarifEntry, error) {
	head, err := s.envelope()
	if err != nil {
		return nil, err
	}
	if len(entries) <= most.results {
		n, err := s.fitting(&meter{most: most.bytes}, head, entries)
		if err != nil || n == len(entries) {
			return entries, err
		}
	}
	kept := slices.SortedStableFunc(slices.Values(entries), func(a, b sarifEntry) int { return cmp.Compare(a.priority, b.priority) })
	worst := kept
	if len(kept) > most.results {
		worst = kept[:most.results-1] // one is for the result that says so
	}
	n, err := s.fitting(gzip.NewWriter(&meter{most: most.bytes}), head, worst)
	if err != nil || n == len(entries) {
		return entries, err
	}
	s.leftOut = leaveOut(kept[n:])
	return kept[:n], nil
}

// fitting returns how many of the entries w takes behind the head.
func (s *sarif) fitting(w io.Writer, head []byte, entries []sarifEntry) (int, error) {
	if _, err := w.Write(head); err != nil && !errors.Is(err, errFull) {
		return 0, err
	}
	out := newArray(w, "        ", "")
	for i := range entries {
		switch err := out.add(s.entryResult(&entries[i])); {
		case errors.Is(err, errFull):
			return i, nil
		case err != nil:
			return 0, err
		}
	}
	return len(entries), nil
}

// leaveOut returns the notice that some entries are left out. It stands at the
// first of them, because code hosts show nothing without a place.
func leaveOut(entries []sarifEntry) *finding.Notice {
	var numbers [priorities]int
	for i := range entries {
		numbers[entries[i].priority]++
	}
	var parts []string
	for p, n := range numbers {
		if n > 0 {
			parts = append(parts, sarifPriority(p).name(n))
		}
	}
	return &finding.Notice{
		Location: entries[0].location(),
		Message: fmt.Sprintf("%s left out of this report (%s): code hosts refuse a file with more than %d results or 10 MB; errors come first, and the JSON report has everything",
			verb(len(entries), "result", "results"), strings.Join(parts, ", "), codeHost.results),
	}
}

// errFull says that a meter has its fill.
var errFull = errors.New("limit reached")

// A meter counts bytes up to a limit.
type meter struct{ n, most int }

func (m *meter) Write(b []byte) (int, error) {
	if m.n += len(b); m.n > m.most {
		return 0, errFull
	}
	return len(b), nil
}
