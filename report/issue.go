package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
)

// An issue is one entry of the formats that know nothing but a place and a
// message: a finding that counts, or a notice.
type issue struct {
	id       string // of the rule
	severity rule.Severity
	location source.Location // File is nil if the trouble is in no file
	message  string          // visible, with further places and the remedy in it
	finding  *finding.Finding
	notice   *finding.Notice // one of the two is nil
}

// remark is the rule under which notices stand that do not make a run
// incomplete.
const remark = "opslint/remark"

// issues returns all issues of a run by place; those in no file come first.
func issues(run *finding.Run, o *Options) []issue {
	rules := byID(run.Rules)
	all := make([]issue, 0, len(run.Findings)+len(run.Notices))
	for i := range run.Findings {
		if f := &run.Findings[i]; f.Suppressed == nil {
			all = append(all, issue{f.Rule, f.Severity, f.Location, o.explained(f, rules[f.Rule]), f, nil})
		}
	}
	for i := range run.Notices {
		n := &run.Notices[i]
		next := issue{remark, rule.Note, n.Location, visible(n.Message), nil, n}
		if n.Incomplete {
			next.id, next.severity, next.message = notAnalysed, rule.Warning, "not analysed: "+next.message
		}
		all = append(all, next)
	}
	slices.SortStableFunc(all, func(a, b issue) int { return a.location.Compare(b.location) })
	return all
}

// placedIssues returns the issues for code hosts: all that have a place, without
// remarks about how opslint was used.
func placedIssues(run *finding.Run, o *Options) []issue {
	return slices.DeleteFunc(issues(run, o), func(i issue) bool {
		return i.location.File == nil || i.notice != nil && !mirrored(i.notice)
	})
}

// explained returns the message of a finding with all that explains it, in one
// line.
func (o *Options) explained(f *finding.Finding, r *rule.Rule) string {
	var b strings.Builder
	b.WriteString(o.described(f))
	if advice := advice(f, r); advice != "" {
		b.WriteString("; fix: " + visible(advice))
	}
	return b.String()
}

// described returns the message of a finding with its further places.
func (o *Options) described(f *finding.Finding) string {
	var b strings.Builder
	b.WriteString(visible(f.Message))
	further := func(word string, places []finding.Related) {
		for _, r := range places {
			fmt.Fprintf(&b, " (%s %s)", word, o.placed(r.Location, r.Message))
		}
	}
	further("from", f.Trace)
	further("see", f.Related)
	return b.String()
}

// placed puts the place before a message: path:line:column: message.
func (o *Options) placed(l source.Location, message string) string {
	switch {
	case l.File == nil:
		return visible(message)
	case wholeFile(l):
		return visible(o.repositoryPath(l.File)) + ": " + visible(message)
	}
	p := l.Start()
	return fmt.Sprintf("%s:%d:%d: %s", visible(o.repositoryPath(l.File)), p.Line, p.Column, visible(message))
}

// advice says what to do about a finding; r is its rule, nil if nobody knows it.
func advice(f *finding.Finding, r *rule.Rule) string {
	switch {
	case f.Fix != nil:
		return f.Fix.Description
	case r != nil:
		return r.Remedy
	}
	return ""
}
