package report

import (
	"regexp"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
)

// mask stands for what must not be repeated.
const mask = "•••"

// secrets knows the lines that hold a secret value: all lines of the findings of
// secret rules, suppressed ones included. Whatever finding such a line belongs
// to, no report shows it.
type secrets map[secretLine]int

type secretLine struct {
	path string
	line int
}

// secretsOf collects the lines with the offset at which their secret starts.
func secretsOf(run *finding.Run, rules map[string]*rule.Rule) secrets {
	s := secrets{}
	for i := range run.Findings {
		f := &run.Findings[i]
		if r := rules[f.Rule]; r == nil || !r.Secret || f.Location.File == nil {
			continue
		}
		first, last := lines(f.Location)
		for line := first; line <= last; line++ {
			key := secretLine{f.Location.File.Path, line}
			start := max(f.Location.Range.Start, f.Location.File.LineRange(line).Start)
			if known, ok := s[key]; !ok || start < known {
				s[key] = start
			}
		}
	}
	return s
}

// touch reports whether a location has a part in a line that holds a secret.
func (s secrets) touch(l source.Location) bool {
	if len(s) == 0 {
		return false
	}
	first, last := lines(l)
	for line := first; line <= last; line++ {
		if _, ok := s[secretLine{l.File.Path, line}]; ok {
			return true
		}
	}
	return false
}

// lead matches the part of a line that may be shown before a secret: the
// indentation and the key it is the value of, "password: ", `ENV PASSWORD=`.
var lead = regexp.MustCompile(`^[ \t]*(?:- +)?(?:(?:[A-Z]+ +)?["']?[A-Za-z_][\w.-]*["']?[ \t]*[:=][ \t]*)?`)

// before returns the part of a secret line that may be shown; ok is false for a
// line without a secret.
func (s secrets) before(f *source.File, line int) (shown source.Range, ok bool) {
	start, ok := s[secretLine{f.Path, line}]
	if !ok {
		return source.Range{}, false
	}
	shown = f.LineRange(line)
	match := lead.FindIndex(f.Content[shown.Start:min(shown.End, shown.Start+200)])
	if shown.Start+match[1] > start { // the secret lies where a key should: show only blanks
		match[1] = indentation(f.Content[shown.Start:start])
	}
	shown.End = shown.Start + match[1]
	return shown, true
}

// indentation returns how many blanks b begins with.
func indentation(b []byte) int {
	for i, c := range b {
		if c != ' ' && c != '\t' {
			return i
		}
	}
	return len(b)
}

// lines returns the first and the last line that a location has a part in.
func lines(l source.Location) (first, last int) {
	first = l.File.Line(l.Range.Start)
	return first, max(first, l.File.Line(l.Range.End-1))
}
