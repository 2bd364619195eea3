package engine

import (
	"slices"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/finding"
)

// settle decides which findings of a run count: those the user asked about and
// no directive, setting or baseline suppresses. It leaves the run in order.
func settle(run *finding.Run, artifacts []*document.Artifact, w *Workspace, active map[string]bool, o *Options) {
	asked := func(file string) bool {
		return w.Asked(file) && !o.Config.Excludes(configPath(o.Config, w, file))
	}
	run.Notices = append(run.Notices, finding.Suppress(run.Findings, artifacts, o.Registry.Rules,
		func(id string) bool { return active[id] }, o.Today)...)
	run.Findings = slices.DeleteFunc(run.Findings, func(f finding.Finding) bool {
		return f.Location.File != nil && !asked(f.Location.File.Path)
	})
	run.Verdicts = slices.DeleteFunc(run.Verdicts, func(v finding.Verdict) bool {
		return v.Location.File != nil && !asked(v.Location.File.Path)
	})
	run.Notices = slices.DeleteFunc(run.Notices, func(n finding.Notice) bool {
		return n.Location.File != nil && !asked(n.Location.File.Path)
	})
	for i := range run.Findings {
		configure(&run.Findings[i], w, o)
	}
	run.Sort()
	if o.Accepted != nil {
		o.Accepted.suppress(run.Findings, o.AcceptedBy)
	}
}

// configure applies the configuration to one finding.
func configure(f *finding.Finding, w *Workspace, o *Options) {
	r := o.Registry.ByID(f.Rule)
	if r == nil {
		return
	}
	if severity, ok := o.Config.Severity(r); ok {
		if f.Severity == r.Severity { // else the rule itself thought it the lesser case
			f.Severity = severity
		} else {
			f.Severity = min(f.Severity, severity)
		}
	}
	if f.Suppressed == nil && f.Location.File != nil {
		f.Suppressed = o.Config.Suppresses(f, r, configPath(o.Config, w, f.Location.File.Path))
	}
}
