// Package report turns a finished run into bytes: text and Markdown for people,
// JSON, SARIF and what code hosts and CI servers read for machines.
//
// Start with [Formats]. A format is a pure function of the run and the options:
// it reads no clock, no environment and no file, so the same run gives the same
// bytes. The run must be in order ([finding.Run.Sort]).
package report

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
)

// Options are what a reader may choose about a report. The zero value is good
// for a file or a pipe.
type Options struct {
	// Display turns the workspace path of a file into the one that people see
	// in text, usually relative to the directory they stand in. Nil leaves it.
	Display func(path string) string
	// Prefix is the slash-separated path of the workspace's root inside the
	// repository, empty if they are the same. The formats for machines put it
	// before every path, because code hosts count from the repository's root.
	Prefix string
	// Root is the absolute directory of the workspace, for links to files in
	// terminals. Without it files are not linked.
	Root string
	// Color and Links allow escape sequences for colours and for hyperlinks.
	Color, Links bool
	// Verbose adds to text what is otherwise only counted: suppressed findings
	// and undetermined verdicts. To JSON it adds every single verdict.
	Verbose bool
	// Quiet makes text one line a finding, without code and without a summary.
	Quiet bool
	// ShowSuppressed lists suppressed findings in text and SARIF. JSON always has
	// them. Code hosts take no notice of SARIF's suppressions and would open an
	// alert for each.
	ShowSuppressed bool
	// ShowUndetermined adds undetermined verdicts to SARIF, as results of kind
	// open. Code hosts would open an alert for each.
	ShowUndetermined bool
	// RuleURL returns the web page of a rule, empty if it has none. It may be nil.
	RuleURL func(id string) string
	// BlobURL is the web page of the repository's root at the commit that was
	// checked, such as https://github.com/owner/name/blob/COMMIT. Markdown links
	// places to it.
	BlobURL string
	// Category tells apart several SARIF reports about one commit, such as those
	// of the parts of a large repository. Without it code hosts take the name
	// that the report is uploaded under.
	Category string
	// NoLimits writes SARIF and Markdown whole even if a code host would refuse
	// them for their size. By default they hold as much as is taken, errors
	// first, and say how much is left out.
	NoLimits bool
	// Clause returns the text of a clause of the standard. It may be nil.
	Clause func(id string) string
}

// A Format writes a run.
type Format = func(w io.Writer, run *finding.Run, o Options) error

// Formats are all formats by name.
var Formats = map[string]Format{
	"text":       Text,
	"markdown":   Markdown,
	"json":       JSON,
	"sarif":      SARIF,
	"github":     GitHub,
	"gitlab":     GitLab,
	"azure":      Azure,
	"junit":      JUnit,
	"checkstyle": Checkstyle,
	"rdjson":     RDJSON,
}

// Names returns the names of all formats in order.
func Names() []string { return slices.Sorted(maps.Keys(Formats)) }

// Write writes the run in the named format, buffered. A finding without a file
// is an error: code hosts would reject the whole report.
func Write(w io.Writer, format string, run *finding.Run, o Options) error {
	write, ok := Formats[format]
	if !ok {
		return fmt.Errorf("unknown format %q (%s)", format, strings.Join(Names(), ", "))
	}
	for i := range run.Findings {
		if f := &run.Findings[i]; f.Location.File == nil {
			return fmt.Errorf("write %s report: finding without a file: %s: %s", format, f.Rule, f.Message)
		}
	}
	b := bufio.NewWriterSize(w, 64<<10)
	if err := write(b, run, o); err != nil {
		return fmt.Errorf("write %s report: %w", format, err)
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("write %s report: %w", format, err)
	}
	return nil
}

// display is the path for people.
func (o *Options) display(f *source.File) string {
	if o.Display == nil {
		return f.Path
	}
	return o.Display(f.Path)
}

// repositoryPath is the path for machines.
func (o *Options) repositoryPath(f *source.File) string {
	if o.Prefix == "" {
		return f.Path
	}
	return path.Join(o.Prefix, f.Path)
}

// byID indexes the rules of a run.
func byID(rules []*rule.Rule) map[string]*rule.Rule {
	index := make(map[string]*rule.Rule, len(rules))
	for _, r := range rules {
		index[r.ID] = r
	}
	return index
}
