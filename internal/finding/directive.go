package finding

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
)

// A directive is a comment such as
//
//	opslint:ignore kubernetes/single-replica, OPS-SCL.1: one writer, see ADR 7
//	opslint:ignore-file dockerfile until 2027-01-31: image is retired in January
type directive struct {
	file      *source.File
	comment   document.Comment
	wholeFile bool
	selectors []string
	until     time.Time // zero if it never expires
	reason    string
	used      bool
}

var directiveSyntax = regexp.MustCompile(`(?s)^opslint:(ignore-file|ignore)\s+([^:\s][^:]*?)(?:\s+until\s+(\d{4}-\d{2}-\d{2}))?\s*:(.*)$`)

const directiveForm = `write "opslint:ignore RULE: reason"`

// parseDirective reads a comment. Both results are nil if the comment is no
// directive of this kind.
func parseDirective(file *source.File, c document.Comment) (*directive, *Notice) {
	if !strings.HasPrefix(c.Text, "opslint:ignore") {
		return nil, nil
	}
	trouble := func(format string, args ...any) (*directive, *Notice) {
		return nil, &Notice{Location: source.Location{File: file, Range: c.Range}, Message: fmt.Sprintf(format, args...)}
	}
	m := directiveSyntax.FindStringSubmatch(c.Text)
	switch {
	case m == nil && !strings.Contains(strings.TrimPrefix(c.Text, "opslint:"), ":"):
		return trouble("directive without a reason does not suppress anything: %s", directiveForm)
	case m == nil:
		return trouble("directive cannot be read: %s", directiveForm)
	case strings.TrimSpace(m[4]) == "":
		return trouble("directive without a reason does not suppress anything: %s", directiveForm)
	}
	d := &directive{file: file, comment: c, wholeFile: m[1] == "ignore-file", reason: strings.TrimSpace(m[4])}
	for selector := range strings.SplitSeq(m[2], ",") {
		if selector = strings.TrimSpace(selector); selector != "" {
			d.selectors = append(d.selectors, selector)
		}
	}
	if m[3] != "" {
		day, err := time.Parse(time.DateOnly, m[3])
		if err != nil {
			return trouble("directive names no day of the calendar: %s", m[3])
		}
		d.until = day.AddDate(0, 0, 1) // through the end of the day
	}
	if d.wholeFile && !c.Head {
		return trouble("opslint:ignore-file stands below the first content of the file: move it to the top, or use opslint:ignore")
	}
	return d, nil
}

// scope returns the range in which findings have to start.
func (d *directive) scope() source.Range {
	if d.wholeFile {
		return source.Range{Start: 0, End: len(d.file.Content)}
	}
	line := d.file.LineRange(d.file.Line(d.comment.Range.Start))
	if strings.TrimSpace(d.file.Text(source.Range{Start: line.Start, End: d.comment.Range.Start})) != "" {
		return line
	}
	return d.comment.Scope
}

func (d *directive) covers(f *Finding, r *rule.Rule) bool {
	scope := d.scope()
	return f.Location.File.Path == d.file.Path &&
		scope.Start <= f.Location.Range.Start && f.Location.Range.Start <= scope.End && !scope.Empty() &&
		slices.ContainsFunc(d.selectors, r.Covers)
}

// Suppress marks the findings that directives in the artifacts' comments cover;
// of several the narrowest one counts. Rules are all that exist, active tells
// which of them ran. The notices are about directives that have no reason,
// expired, name no rule, or suppressed nothing.
func Suppress(findings []Finding, artifacts []*document.Artifact, rules []*rule.Rule, active func(id string) bool, today time.Time) []Notice {
	var notices []Notice
	byFile := map[string][]*directive{}
	byID := make(map[string]*rule.Rule, len(rules))
	for _, r := range rules {
		byID[r.ID] = r
	}
	for _, artifact := range artifacts {
		for _, c := range artifact.Comments {
			d, notice := parseDirective(artifact.File, c)
			switch {
			case notice != nil:
				notices = append(notices, *notice)
			case d == nil:
			case !d.until.IsZero() && !today.Before(d.until):
				notices = append(notices, d.notice("directive expired on %s and no longer suppresses anything", d.until.AddDate(0, 0, -1).Format(time.DateOnly)))
			default:
				byFile[artifact.File.Path] = append(byFile[artifact.File.Path], d)
			}
		}
	}
	for i := range findings {
		f := &findings[i]
		if f.Location.File == nil {
			continue
		}
		candidates := slices.DeleteFunc(slices.Clone(byFile[f.Location.File.Path]), func(d *directive) bool {
			return byID[f.Rule] == nil || !d.covers(f, byID[f.Rule])
		})
		if len(candidates) == 0 {
			continue
		}
		d := slices.MinFunc(candidates, func(a, b *directive) int {
			return cmp.Compare(a.scope().End-a.scope().Start, b.scope().End-b.scope().Start)
		})
		d.used = true
		f.Suppressed = &Suppression{Kind: ByDirective, Reason: d.reason, Location: source.Location{File: d.file, Range: d.comment.Range}}
	}
	for _, directives := range byFile {
		for _, d := range directives {
			notices = append(notices, d.review(rules, active)...)
		}
	}
	return notices
}

// review says what is wrong with a directive after the findings are known.
func (d *directive) review(rules []*rule.Rule, active func(string) bool) []Notice {
	var notices []Notice
	ran := false
	for _, selector := range d.selectors {
		known := false
		for _, r := range rules {
			if r.Covers(selector) {
				known, ran = true, ran || active(r.ID)
			}
		}
		if !known {
			ids := make([]string, len(rules))
			for i, r := range rules {
				ids[i] = r.ID
			}
			notices = append(notices, d.notice("directive names no rule, family or clause: %s%s", selector, rule.Suggest(selector, ids)))
		}
	}
	if ran && !d.used && len(notices) == 0 {
		notices = append(notices, d.notice("directive suppresses nothing: remove it (%s)", strings.Join(d.selectors, ", ")))
	}
	return notices
}

func (d *directive) notice(format string, args ...any) Notice {
	return Notice{
		Location: source.Location{File: d.file, Range: d.comment.Range},
		Message:  fmt.Sprintf(format, args...),
	}
}
