package report

import (
	"fmt"
	"io"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
)

// gitlabIssue is an entry of GitLab's code quality report, the part of the Code
// Climate format that GitLab reads.
type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
	End   int `json:"end"`
}

// GitLab writes a code quality report for merge requests of GitLab.
func GitLab(w io.Writer, run *finding.Run, o Options) error {
	if _, err := io.WriteString(w, "["); err != nil {
		return err
	}
	rules := byID(run.Rules)
	seen := map[string]int{}
	out := newArray(w, "  ", "  ")
	for _, i := range placedIssues(run, &o) {
		first, last := lines(i.location)
		if err := out.add(gitlabIssue{
			Description: i.message,
			CheckName:   i.id,
			Fingerprint: i.gitlabFingerprint(&o, seen),
			Severity:    i.gitlabSeverity(rules[i.id]),
			Location:    gitlabLocation{o.repositoryPath(i.location.File), gitlabLines{first, last}},
		}); err != nil {
			return err
		}
	}
	if err := out.end(""); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// gitlabFingerprint is the fingerprint of the other formats, made with the path
// in the repository: one report may be put together from several workspaces.
// GitLab drops an entry whose fingerprint it has seen, so repeats are counted.
func (i *issue) gitlabFingerprint(o *Options, seen map[string]int) string {
	parts := []string{i.id, o.repositoryPath(i.location.File), "", ""}
	if i.finding != nil {
		parts[2], parts[3] = i.finding.Subject, i.finding.Key
	} else {
		parts[3] = i.notice.Message
	}
	id := digest(parts...)
	seen[id]++
	if n := seen[id]; n > 1 {
		return digest(id, fmt.Sprint(n))
	}
	return id
}

// gitlabSeverity names the severity as GitLab does.
func (i *issue) gitlabSeverity(r *rule.Rule) string {
	switch {
	case i.severity == rule.Error && r != nil && r.Secret:
		return "critical"
	case i.severity == rule.Error:
		return "major"
	case i.severity == rule.Warning:
		return "minor"
	}
	return "info"
}
