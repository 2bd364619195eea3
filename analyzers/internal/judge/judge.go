// Package judge is how a rule's analyzer hands over what it concluded: findings
// as ordinary diagnostics, and beside them the subjects that it looked at, so
// that a clean result can be told from an empty one.
//
// An analyzer with a rule sets ResultType to [Type], makes a [Judge] with [New],
// calls its methods and returns [Judge.Result].
package judge

import (
	"go/ast"
	"go/token"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/internal/rule"
)

// Type is the ResultType of every analyzer that implements a rule.
var Type = reflect.TypeFor[*Result]()

// A Result is what a rule concluded about one package.
type Result struct {
	// Subjects are what the rule examined, in the order it did.
	Subjects []Subject
	details  map[place]Detail
}

// A Subject is one thing that a rule examined: a call, a serving program.
type Subject struct {
	Pos, End token.Pos
	// Undetermined says what could not be known and what would settle it; it is
	// empty if the rule came to a conclusion.
	Undetermined string
}

// A Detail is what a finding knows beyond its diagnostic.
type Detail struct {
	Severity rule.Severity // Off: the rule's own
	Key      string        // tells findings of a package apart without line numbers
	SafeFix  bool          // the first suggested fix may be applied unasked
	Trace    bool          // Related is the way of a value to the place of the finding, source first
}

type place struct {
	pos, end token.Pos
	message  string
}

// Detail returns the details of a diagnostic that was reported through a Judge.
func (r *Result) Detail(d *analysis.Diagnostic) Detail {
	if r == nil {
		return Detail{}
	}
	return r.details[place{d.Pos, d.End, d.Message}]
}

// A Finding is a diagnostic and its details. Message starts with the thing, in
// lower case, without a full stop.
type Finding struct {
	Range   analysis.Range
	Message string
	Related []analysis.RelatedInformation
	Fixes   []analysis.SuggestedFix
	Detail
}

// A Judge gathers the conclusions of one rule about one package. What lies in
// a test file or a generated file is left out of findings and subjects alike.
type Judge struct {
	pass   *analysis.Pass
	rule   *rule.Rule
	skip   map[*token.File]bool
	result Result
}

// New returns the Judge for a rule and the package of pass.
func New(pass *analysis.Pass, r *rule.Rule) *Judge {
	j := &Judge{pass: pass, rule: r, skip: make(map[*token.File]bool)}
	for _, f := range pass.Files {
		file := pass.Fset.File(f.FileStart)
		if strings.HasSuffix(file.Name(), "_test.go") || isGenerated(f, file) {
			j.skip[file] = true
		}
	}
	return j
}

// isGenerated reports whether a program wrote a file. What cgo makes of an
// author's file says so too, but findings in it lead back to the author's.
func isGenerated(f *ast.File, file *token.File) bool {
	return ast.IsGenerated(f) && !strings.HasSuffix(file.Name(), ".cgo1.go")
}

// Skips reports whether findings at pos would be dropped: the file is a test or
// generated.
func (j *Judge) Skips(pos token.Pos) bool { return j.skip[j.pass.Fset.File(pos)] }

// Examine records a subject. It passes unless a finding lies in its range.
func (j *Judge) Examine(r analysis.Range) { j.subject(r, "") }

// Undetermined records a subject that the rule could not decide about.
func (j *Judge) Undetermined(r analysis.Range, reason string) { j.subject(r, reason) }

func (j *Judge) subject(r analysis.Range, undetermined string) {
	if !j.Skips(r.Pos()) {
		j.result.Subjects = append(j.result.Subjects, Subject{Pos: r.Pos(), End: r.End(), Undetermined: undetermined})
	}
}

// Report reports a finding. Its subject, if it is another range than its own,
// must be recorded with [Judge.Examine].
func (j *Judge) Report(f Finding) {
	if j.Skips(f.Range.Pos()) {
		return
	}
	if j.result.details == nil {
		j.result.details = make(map[place]Detail)
	}
	j.result.details[place{f.Range.Pos(), f.Range.End(), f.Message}] = f.Detail
	j.pass.Report(analysis.Diagnostic{
		Pos:            f.Range.Pos(),
		End:            f.Range.End(),
		Category:       j.rule.ID,
		Message:        f.Message,
		Related:        f.Related,
		SuggestedFixes: f.Fixes,
	})
}

// Result returns what was gathered; an analyzer's Run returns it.
func (j *Judge) Result() *Result { return &j.result }

// A Span is a range made of two positions.
type Span struct{ From, To token.Pos }

// Pos returns the start of the span.
func (s Span) Pos() token.Pos { return s.From }

// End returns the position behind the span.
func (s Span) End() token.Pos { return s.To }

// Strings is the flag value of a parameter that is a list: its items are
// separated by commas. A list that is set replaces the default.
type Strings []string

// String returns the items joined by commas.
func (s *Strings) String() string { return strings.Join(*s, ",") }

// Set implements flag.Value.
func (s *Strings) Set(text string) error {
	*s = nil
	for item := range strings.SplitSeq(text, ",") {
		if item = strings.TrimSpace(item); item != "" {
			*s = append(*s, item)
		}
	}
	return nil
}
