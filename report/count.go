package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
)

// counts sums a run up. Suppressed findings count as suppressed only.
type counts struct {
	Errors       int `json:"errors"`
	Warnings     int `json:"warnings"`
	Notes        int `json:"notes"`
	Suppressed   int `json:"suppressed"`
	Undetermined int `json:"undetermined"`
	// Incomplete counts what was not analysed: the files with such a notice,
	// and every such notice that is in no file.
	Incomplete int `json:"not_analysed"`
}

func count(run *finding.Run) counts {
	var c counts
	for i := range run.Findings {
		switch f := &run.Findings[i]; {
		case f.Suppressed != nil:
			c.Suppressed++
		case f.Severity == rule.Error:
			c.Errors++
		case f.Severity == rule.Warning:
			c.Warnings++
		default:
			c.Notes++
		}
	}
	for i := range run.Verdicts {
		if run.Verdicts[i].Outcome == finding.Undetermined {
			c.Undetermined++
		}
	}
	files := map[string]bool{}
	for i := range run.Notices {
		switch n := &run.Notices[i]; {
		case !n.Incomplete:
		case n.Location.File == nil:
			c.Incomplete++
		default:
			files[n.Location.File.Path] = true
		}
	}
	c.Incomplete += len(files)
	return c
}

// found says how many findings count: "3 errors, 2 warnings", "no findings".
func (c counts) found() string {
	var parts []string
	for _, part := range []struct {
		n    int
		noun string
	}{{c.Errors, "error"}, {c.Warnings, "warning"}, {c.Notes, "note"}} {
		if part.n > 0 {
			parts = append(parts, plural(part.n, part.noun))
		}
	}
	if len(parts) == 0 {
		return "no findings"
	}
	return strings.Join(parts, ", ")
}

// line sums a run up in one line of a log.
func (c counts) line(in finding.Inputs) string {
	line := c.found() + " " + looked(in)
	if c.Suppressed > 0 {
		line += fmt.Sprintf("; %d suppressed", c.Suppressed)
	}
	if c.Incomplete > 0 {
		line += fmt.Sprintf("; %d not analysed", c.Incomplete)
	}
	return line
}

func plural(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}
