package report

import (
	sarif210 "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/opslint/opslint/internal/finding"
)

// notAnalysed is the rule under which a SARIF report lists what could not be
// analysed. Code hosts show results and no notifications, and a file that
// nobody could read must not look like a clean one.
const notAnalysed = "opslint/not-analysed"

// The notifications of the driver, by index.
const (
	incompleteNotice = iota
	remarkNotice
	leftOutNotice
)

// mirrored reports whether a notice is listed as a result too. A result without
// a place would make code hosts reject the whole file.
func mirrored(n *finding.Notice) bool { return n.Incomplete && n.Location.File != nil }

// noticeResult lists a notice as a result of the rule id.
func (s *sarif) noticeResult(id string, n *finding.Notice, message, key string) *sarifResult {
	f := &finding.Finding{Rule: id, Location: n.Location, Key: key}
	place := s.location(n.Location)
	return &sarifResult{
		RuleID:    id,
		RuleIndex: s.ruleIndex(id),
		Level:     "warning",
		Message:   sarifMessage{sentence(message)},
		Locations: []sarifLocation{place},
		Fingerprints: &sarifFingerprints{
			LineHash: s.hashes.at(n.Location.File, place.Physical.Region.StartLine),
			Own:      fingerprint(f),
		},
	}
}

// openResult lists an undetermined verdict.
func (s *sarif) openResult(v *finding.Verdict) *sarifResult {
	place := s.location(v.Location)
	if v.Subject != "" {
		place.Logical = []sarifLogical{{v.Subject}}
	}
	return &sarifResult{
		RuleID:    v.Rule,
		RuleIndex: s.ruleIndex(v.Rule),
		Kind:      "open",
		Level:     "none",
		Message:   sarifMessage{sentence("undetermined: " + v.Reason)},
		Locations: []sarifLocation{place},
	}
}

// invocation tells how the run went. It carries no times, so that the same run
// gives the same bytes.
func (s *sarif) invocation() *sarif210.Invocation {
	in := sarif210.NewInvocation().WithExecutionSuccessful(!s.run.Incomplete())
	for i := range s.run.Notices {
		n := &s.run.Notices[i]
		index, level := remarkNotice, "note"
		if n.Incomplete {
			index, level = incompleteNotice, "error"
		}
		in.AddToolExecutionNotification(s.notification(n, index, level))
	}
	if s.leftOut != nil {
		in.AddToolExecutionNotification(s.notification(s.leftOut, leftOutNotice, "warning"))
	}
	return in
}

func (s *sarif) notification(n *finding.Notice, index int, level string) *sarif210.Notification {
	out := sarif210.NewNotification().WithLevel(level).
		WithMessage(sarif210.NewTextMessage(sentence(n.Message))).
		WithDescriptor(sarif210.NewReportingDescriptorReference().
			WithID(*notificationDescriptors()[index].ID).WithIndex(index))
	if n.Location.File != nil {
		out.AddLocation(s.envelopeLocation(n.Location))
	}
	return out
}

// notificationDescriptors describes the kinds of notifications, by index.
func notificationDescriptors() []*sarif210.ReportingDescriptor {
	describe := func(id, name, short, full string) *sarif210.ReportingDescriptor {
		return sarif210.NewRule(id).WithName(name).WithHelpURI(homepage).
			WithDescription(short).
			WithFullDescription(sarif210.NewMultiformatMessageString().WithText(full)).
			WithHelp(sarif210.NewMultiformatMessageString().WithText(full))
	}
	return []*sarif210.ReportingDescriptor{
		incompleteNotice: describe(notAnalysed, "NotAnalysed", "Not analysed.",
			"Something that should have been checked was not, for the reason in the message. What it may hold is unknown: this is no clean result."),
		remarkNotice: describe(remark, "Remark", "Remark.",
			"A remark about how opslint was used, such as a directive that suppresses nothing. Everything was checked."),
		leftOutNotice: describe(leftOut, "ResultsLeftOut", "Results are left out.",
			"There are more results than code hosts take. Errors were kept first; the message says how many results are left out."),
	}
}

// noticeRule describes the results that mirror a kind of notices.
func noticeRule(index int) *sarif210.ReportingDescriptor {
	return notificationDescriptors()[index].
		WithDefaultConfiguration(sarif210.NewReportingConfiguration().WithLevel("warning")).
		WithProperties(sarif210.NewPropertyBag().Add("precision", "very-high").Add("problem.severity", "warning"))
}
