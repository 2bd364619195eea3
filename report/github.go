package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
)

// annotationLimit is how many annotations of a kind GitHub shows for a step. It
// drops the others without a word, in the order they were printed.
const annotationLimit = 10

// GitHub writes workflow commands, which GitHub Actions shows as annotations
// beside the code: errors first, at most as many of a kind as GitHub shows. What
// is beyond the limit follows as plain lines in a folded group of the log.
func GitHub(w io.Writer, run *finding.Run, o Options) error {
	all := annotations(run, &o)
	var shown int
	var b, rest strings.Builder
	used := map[string]int{}
	for _, a := range all {
		if used[a.kind]++; used[a.kind] <= annotationLimit {
			shown++
			a.write(&b)
		} else {
			fmt.Fprintf(&rest, "- %s\n", a.logLine())
		}
	}
	if left := len(all) - shown; left > 0 {
		fmt.Fprintf(&b, "::group::%d more (GitHub shows %d annotations of a kind)\n%s::endgroup::\n", left, annotationLimit, rest.String())
	}
	b.WriteString(count(run).line(run.Inputs) + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// An annotation is one workflow command.
type annotation struct {
	kind     string // error, warning or notice
	location source.Location
	path     string
	title    string
	message  string
}

// annotations returns the findings that count and the notices, errors first.
func annotations(run *finding.Run, o *Options) []annotation {
	rules := byID(run.Rules)
	var all []annotation
	for i := range run.Findings {
		f := &run.Findings[i]
		if f.Suppressed != nil {
			continue
		}
		a := newAnnotation(f.Location, o)
		a.kind, a.title, a.message = annotationKind(f.Severity), f.Rule, visible(f.Message)
		if r := rules[f.Rule]; r != nil && r.Remedy != "" {
			a.message += "\nfix: " + visible(r.Remedy)
		}
		all = append(all, a)
	}
	for i := range run.Notices {
		n := &run.Notices[i]
		a := newAnnotation(n.Location, o)
		a.kind, a.title, a.message = "notice", "opslint", visible(n.Message)
		if n.Incomplete {
			a.kind, a.title = "error", "not analysed"
		}
		all = append(all, a)
	}
	order := map[string]int{"error": 0, "warning": 1, "notice": 2}
	slices.SortStableFunc(all, func(a, b annotation) int { return cmp.Compare(order[a.kind], order[b.kind]) })
	return all
}

func newAnnotation(l source.Location, o *Options) annotation {
	a := annotation{location: l}
	if l.File != nil {
		a.path = visible(o.repositoryPath(l.File))
	}
	return a
}

func annotationKind(s rule.Severity) string {
	switch s {
	case rule.Error:
		return "error"
	case rule.Warning:
		return "warning"
	}
	return "notice"
}

// write writes the command. GitHub reads columns only of a place within one line.
func (a *annotation) write(b *strings.Builder) {
	fmt.Fprintf(b, "::%s ", a.kind)
	if a.path != "" {
		start, end := a.location.Start(), a.location.End()
		fmt.Fprintf(b, "file=%s,line=%d,", property.Replace(a.path), start.Line)
		switch _, last := lines(a.location); {
		case wholeFile(a.location):
		case end.Line > start.Line:
			fmt.Fprintf(b, "endLine=%d,", last)
		default:
			fmt.Fprintf(b, "col=%d,endLine=%d,endColumn=%d,", start.Column, start.Line, max(start.Column, end.Column))
		}
	}
	fmt.Fprintf(b, "title=%s::%s\n", property.Replace(visible(a.title)), data.Replace(a.message))
}

// logLine is the annotation as a line of the log, which must not be a command.
func (a *annotation) logLine() string {
	message, _, _ := strings.Cut(a.message, "\n")
	line := fmt.Sprintf("%s: %s (%s)", a.kind, message, visible(a.title))
	if a.path != "" {
		p := a.location.Start()
		line = fmt.Sprintf("%s:%d:%d: %s", a.path, p.Line, p.Column, line)
	}
	return noCommand(line)
}

// What the runner decodes in a command's data and in its properties.
var (
	data     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
