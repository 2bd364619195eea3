package analyzers

import (
	"cmp"
	"fmt"
	"go/token"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/program"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
)

// A gather collects what the packages of a run yielded.
type gather struct {
	mu        sync.Mutex
	findings  []finding.Finding
	verdicts  []finding.Verdict
	notices   []finding.Notice
	artifacts map[string]*document.Artifact
	checked   map[string]bool // files by path
	packages  map[string]bool // directories
	programs  []*program.Program
}

func newGather() *gather {
	return &gather{artifacts: make(map[string]*document.Artifact), checked: make(map[string]bool), packages: make(map[string]bool)}
}

// add takes in the conclusions about one package, and counts it if it is one of
// those to check: dir is its directory, else "".
func (g *gather) add(c *converter, conclusions []conclusion, dir string) {
	findings, verdicts, notices := c.convert(conclusions)
	artifacts, names := c.artifacts()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.findings = append(g.findings, findings...)
	g.verdicts = append(g.verdicts, verdicts...)
	g.notices = append(g.notices, notices...)
	for _, a := range artifacts {
		g.artifacts[a.File.Path] = a
	}
	for _, name := range names {
		g.checked[name] = true
	}
	if dir != "" {
		g.packages[dir] = true
	}
}

func (g *gather) describe(p *program.Program) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.programs = append(g.programs, p)
}

// result puts everything in order, so that neither the order of the packages
// nor the number of jobs shows.
func (g *gather) result() *Result {
	r := &Result{Findings: g.findings, Verdicts: g.verdicts, Notices: g.notices, Files: len(g.checked), Packages: len(g.packages)}
	for _, a := range g.artifacts {
		r.Artifacts = append(r.Artifacts, a)
	}
	r.Programs = slices.SortedFunc(slices.Values(g.programs), func(a, b *program.Program) int { return a.Location.Compare(b.Location) })
	r.Programs = slices.CompactFunc(r.Programs, func(a, b *program.Program) bool { return a.Location.Compare(b.Location) == 0 })
	slices.SortFunc(r.Artifacts, func(a, b *document.Artifact) int { return strings.Compare(a.File.Path, b.File.Path) })
	slices.SortFunc(r.Findings, func(a, b finding.Finding) int { return a.Compare(&b) })
	slices.SortFunc(r.Verdicts, func(a, b finding.Verdict) int { return a.Compare(&b) })
	slices.SortFunc(r.Notices, func(a, b finding.Notice) int { return a.Compare(&b) })
	r.Findings = slices.CompactFunc(r.Findings, repeats)
	number(r.Findings)
	return r
}

// repeats reports whether a finding says again what another one says: that of
// a second program with the same package, or for a second platform.
func repeats(a, b finding.Finding) bool {
	return a.Rule == b.Rule && a.Message == b.Message && a.Location.Compare(b.Location) == 0
}

// number makes keys unique: of several findings with one key, rule and subject
// in a file, all but the first get a number.
func number(findings []finding.Finding) {
	type id struct{ rule, path, subject, key string }
	seen := make(map[id]int)
	for i := range findings {
		f := &findings[i]
		k := id{f.Rule, f.Location.File.Path, f.Subject, f.Key}
		if seen[k]++; seen[k] > 1 {
			f.Key = fmt.Sprintf("%s#%d", f.Key, seen[k])
		}
	}
}

// A converter turns what analyzers say about a unit into findings: token
// positions into byte offsets, diagnostics into findings.
type converter struct {
	*unit
	files *files
	shown func(path string) bool
}

func (c *converter) convert(conclusions []conclusion) ([]finding.Finding, []finding.Verdict, []finding.Notice) {
	var findings []finding.Finding
	var verdicts []finding.Verdict
	var notices []finding.Notice
	for i := range conclusions {
		own := &conclusions[i]
		if own.err != nil {
			notices = append(notices, finding.Notice{
				Location:   source.Location{File: c.firstFile()},
				Message:    fmt.Sprintf("package %s is not %s: %v", c.pkg.Path(), own.purpose(), own.err),
				Incomplete: true,
			})
			continue
		}
		from := len(findings)
		for j := range own.diagnostics {
			if f, ok := c.finding(own, &own.diagnostics[j]); ok {
				findings = append(findings, f)
			}
		}
		verdicts = append(verdicts, c.verdicts(own, findings[from:])...)
	}
	return findings, verdicts, notices
}

func (c *converter) firstFile() *source.File {
	for _, f := range c.unit.files {
		if file := c.files.get(c.fset.File(f.FileStart).Name()); file != nil {
			return file
		}
	}
	return nil
}

func (c *converter) finding(own *conclusion, d *analysis.Diagnostic) (finding.Finding, bool) {
	location, ok := c.location(d.Pos, d.End)
	if !ok || !c.shown(location.File.Path) {
		return finding.Finding{}, false
	}
	detail := own.result.Detail(d)
	r := own.analyzer.Rule
	f := finding.Finding{
		Rule:     r.ID,
		Severity: r.Severity,
		Message:  d.Message,
		Location: location,
		Subject:  c.pkg.Path(),
		Key:      cmp.Or(detail.Key, d.Message),
	}
	if detail.Severity != rule.Off {
		f.Severity = min(detail.Severity, r.Severity)
	}
	for _, related := range d.Related {
		at, ok := c.location(related.Pos, related.End)
		switch {
		case !ok:
		case detail.Trace:
			f.Trace = append(f.Trace, finding.Related{Location: at, Message: related.Message})
		default:
			f.Related = append(f.Related, finding.Related{Location: at, Message: related.Message})
		}
	}
	if len(d.SuggestedFixes) > 0 {
		f.Fix = c.fix(&d.SuggestedFixes[0], detail.SafeFix)
	}
	return f, true
}

// fix converts a suggested fix; nil if an edit lies outside the workspace.
func (c *converter) fix(suggested *analysis.SuggestedFix, safe bool) *finding.Fix {
	fix := &finding.Fix{Description: suggested.Message, Safe: safe}
	for _, edit := range suggested.TextEdits {
		at, ok := c.location(edit.Pos, edit.End)
		if !ok {
			return nil
		}
		fix.Edits = append(fix.Edits, finding.Edit{Location: at, NewText: string(edit.NewText)})
	}
	return fix
}

// verdicts says of each subject whether a finding lies in it. A finding in no
// recorded subject is its own subject.
func (c *converter) verdicts(own *conclusion, findings []finding.Finding) []finding.Verdict {
	var verdicts []finding.Verdict
	inSubject := make([]bool, len(findings))
	for _, s := range own.result.Subjects {
		location, ok := c.location(s.Pos, s.End)
		if !ok || !c.shown(location.File.Path) {
			continue
		}
		v := finding.Verdict{Rule: own.analyzer.Rule.ID, Subject: c.pkg.Path(), Location: location, Outcome: finding.Pass}
		if s.Undetermined != "" {
			v.Outcome, v.Reason = finding.Undetermined, s.Undetermined
		}
		for i := range findings {
			if findings[i].Location.File == location.File && location.Range.Contains(findings[i].Location.Range) {
				inSubject[i] = true
				v.Outcome, v.Reason = finding.Fail, ""
			}
		}
		verdicts = append(verdicts, v)
	}
	for i := range findings {
		if !inSubject[i] {
			verdicts = append(verdicts, finding.Verdict{Rule: own.analyzer.Rule.ID, Subject: c.pkg.Path(), Location: findings[i].Location, Outcome: finding.Fail})
		}
	}
	return verdicts
}

// location converts a range of tokens. It is false for a range outside the
// workspace.
func (c *converter) location(pos, end token.Pos) (source.Location, bool) {
	if !end.IsValid() || end < pos {
		end = pos
	}
	file, start, ok := c.offset(pos)
	if !ok {
		return source.Location{}, false
	}
	_, stop, ok := c.offset(end)
	if !ok {
		return source.Location{}, false
	}
	return source.Location{File: file, Range: source.Range{Start: start, End: max(start, stop)}}, true
}

// offset converts one position. Code that cgo or another generator wrote is
// found by its line directives. A position in another package of the module is
// known by line and column only (see shutdown.Sites).
func (c *converter) offset(pos token.Pos) (*source.File, int, bool) {
	tokenFile := c.fset.File(pos)
	if tokenFile == nil {
		return nil, 0, false
	}
	if file := c.files.get(tokenFile.Name()); file != nil && tokenFile.Size() == len(file.Content) {
		return file, tokenFile.Offset(pos), true
	}
	p := tokenFile.Position(pos)
	file := c.files.get(p.Filename)
	if file == nil || p.Line > file.Lines() {
		return nil, 0, false
	}
	return file, offsetOf(file, p.Line, p.Column), true
}
