package loggers

import (
	"golang.org/x/tools/go/analysis"

	"github.com/opslint/opslint/analyzers/internal/judge"
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// A Reporter hands over what a rule concluded about places anywhere in the
// module. Places that cannot be found again are left out.
type Reporter struct {
	Pass  *analysis.Pass
	Judge *judge.Judge
}

// Examine records a subject.
func (r Reporter) Examine(at shutdown.Site) {
	if span, ok := shutdown.Span(r.Pass, at); ok {
		r.Judge.Examine(span)
	}
}

// Undetermined records a subject that could not be decided about.
func (r Reporter) Undetermined(at shutdown.Site, reason string) {
	if span, ok := shutdown.Span(r.Pass, at); ok {
		r.Judge.Undetermined(span, reason)
	}
}

// Report reports a finding, with a related place if it is another one.
func (r Reporter) Report(at shutdown.Site, message, key string, related shutdown.Site, relation string) {
	span, ok := shutdown.Span(r.Pass, at)
	if !ok {
		return
	}
	r.Judge.Examine(span)
	f := judge.Finding{Range: span, Message: message, Detail: judge.Detail{Key: key}}
	if related != (shutdown.Site{}) && !at.Holds(related) {
		if there, ok := shutdown.Span(r.Pass, related); ok {
			f.Related = []analysis.RelatedInformation{{Pos: there.From, End: there.To, Message: relation}}
		}
	}
	r.Judge.Report(f)
}
