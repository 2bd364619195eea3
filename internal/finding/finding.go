// Package finding holds what a run of opslint yields: findings, verdicts and
// notices, gathered in a [Run]. Reports are pure functions of a Run.
package finding

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/opslint/opslint/internal/program"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
)

// A Finding is a rule violated at a place.
type Finding struct {
	Rule     string        // ID
	Severity rule.Severity // the rule's own or a lower one; never Off
	// Message starts with the thing, in lower case, without a full stop.
	Message  string
	Location source.Location
	Related  []Related
	// Trace is the way of a value from its source to Location, source first.
	Trace []Related
	Fix   *Fix
	// Subject names what was examined: "Deployment/shop/orders",
	// "aws_db_instance.orders", "example.com/orders/cmd/orders".
	Subject string
	// Key tells two findings of one rule and subject apart without naming a
	// line: usually the path in the document. Baselines and SARIF fingerprints
	// are made of rule, file, Subject and Key.
	Key        string
	Suppressed *Suppression
}

// Related is a further place that explains a finding.
type Related struct {
	Location source.Location
	Message  string
}

// A Fix is a remedy that opslint can write itself.
type Fix struct {
	Description string // imperative: "set terminationGracePeriodSeconds to 30"
	// Safe fixes are applied by --fix: they keep the meaning of everything else.
	Safe  bool
	Edits []Edit // in one or more files, not overlapping
}

// An Edit replaces a range, which may be empty, by new text.
type Edit struct {
	Location source.Location
	NewText  string
}

// SuppressionKind says by what a finding was suppressed.
type SuppressionKind string

// The kinds of suppression.
const (
	ByDirective SuppressionKind = "directive"
	ByConfig    SuppressionKind = "config"
	ByBaseline  SuppressionKind = "baseline"
	ByWaiver    SuppressionKind = "waiver"
)

// A Suppression is why a finding does not count.
type Suppression struct {
	Kind     SuppressionKind
	Reason   string
	Location source.Location // of the directive or entry; File is nil if there is none
}

// Compare is the total order of findings in every report.
func (f *Finding) Compare(g *Finding) int {
	return cmp.Or(
		f.Location.Compare(g.Location),
		cmp.Compare(g.Severity, f.Severity),
		cmp.Compare(f.Rule, g.Rule),
		cmp.Compare(f.Message, g.Message),
		cmp.Compare(f.Subject, g.Subject),
		cmp.Compare(f.Key, g.Key),
	)
}

// Outcome is the verdict of one rule on one subject.
type Outcome string

// The outcomes. A run has no entry for a rule that found no subject.
const (
	Pass         Outcome = "pass"
	Fail         Outcome = "fail"
	Undetermined Outcome = "undetermined"
)

// A Verdict says what a rule concluded about one subject.
type Verdict struct {
	Rule     string
	Subject  string
	Location source.Location
	Outcome  Outcome
	Reason   string // of Undetermined: what could not be known and what would settle it
}

// Compare is the total order of verdicts.
func (v *Verdict) Compare(w *Verdict) int {
	return cmp.Or(
		cmp.Compare(v.Rule, w.Rule),
		v.Location.Compare(w.Location),
		cmp.Compare(v.Subject, w.Subject),
		cmp.Compare(v.Outcome, w.Outcome),
		cmp.Compare(v.Reason, w.Reason),
	)
}

// A Notice is the tool's own trouble, or a remark about how it was used.
type Notice struct {
	// Location is where the trouble is; File is nil if it is in no file. An
	// empty range means the file as a whole.
	Location source.Location
	Message  string // one line, lower case, says what to do where that helps
	// Incomplete: something that should have been checked was not. Such a
	// notice makes the exit code 2 unless findings made it 1.
	Incomplete bool
}

// String returns the notice as one line: path:line:column: message.
func (n *Notice) String() string {
	switch {
	case n.Location.File == nil:
		return n.Message
	case n.Location.Range.Empty():
		return n.Location.File.Path + ": " + n.Message
	}
	at := n.Location.Start()
	return fmt.Sprintf("%s:%d:%d: %s", n.Location.File.Path, at.Line, at.Column, n.Message)
}

// Compare is the total order of notices.
func (n *Notice) Compare(m *Notice) int {
	return cmp.Or(n.Location.Compare(m.Location), cmp.Compare(n.Message, m.Message))
}

// Inputs counts what was looked at.
type Inputs struct {
	Files     int `json:"files"`     // artifacts and Go files that were checked
	Documents int `json:"documents"` // Kubernetes objects, Terraform resources, Dockerfiles …
	Packages  int `json:"packages"`  // Go packages
	Rules     int `json:"rules"`     // rules that were switched on
}

// A Run is all that a report needs.
type Run struct {
	Version  string       // of opslint
	Rules    []*rule.Rule // those that were switched on, ordered by ID
	Findings []Finding    // ordered by Compare; suppressed ones included
	Verdicts []Verdict
	Notices  []Notice
	Inputs   Inputs
	// Programs describe the Go programs that were checked, if that was asked for.
	Programs []*program.Program
}

// Sort puts everything in the run in its total order and drops repeats. Of
// findings that differ in severity alone the highest stays: one line of a module
// may be judged for production and for staging.
func (r *Run) Sort() {
	slices.SortFunc(r.Rules, func(a, b *rule.Rule) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(r.Findings, func(a, b Finding) int { return a.Compare(&b) })
	seen := make(map[cause]bool, len(r.Findings))
	r.Findings = slices.DeleteFunc(r.Findings, func(f Finding) bool {
		c := cause{f.Rule, f.Location.Path(), f.Location.Range, f.Message, f.Subject, f.Key}
		repeat := seen[c]
		seen[c] = true
		return repeat
	})
	slices.SortFunc(r.Verdicts, func(a, b Verdict) int { return a.Compare(&b) })
	r.Verdicts = slices.CompactFunc(r.Verdicts, func(a, b Verdict) bool { return a.Compare(&b) == 0 })
	slices.SortFunc(r.Notices, func(a, b Notice) int { return a.Compare(&b) })
	r.Notices = slices.CompactFunc(r.Notices, func(a, b Notice) bool { return a.Compare(&b) == 0 })
}

// A cause is what one finding is about.
type cause struct {
	rule, file            string
	place                 source.Range
	message, subject, key string
}

// Incomplete reports whether something could not be checked.
func (r *Run) Incomplete() bool {
	return slices.ContainsFunc(r.Notices, func(n Notice) bool { return n.Incomplete })
}

// Count returns how many findings that no one suppresses have at least the
// severity.
func (r *Run) Count(severity rule.Severity) int {
	n := 0
	for i := range r.Findings {
		if r.Findings[i].Suppressed == nil && r.Findings[i].Severity >= severity {
			n++
		}
	}
	return n
}
