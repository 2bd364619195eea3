package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
)

// Azure writes logging commands, which Azure Pipelines shows as issues of the
// build: errors first, because it keeps only the first ten of a kind; all of
// them stay in the log. It knows no notes, they are plain lines of the log.
func Azure(w io.Writer, run *finding.Run, o Options) error {
	all := issues(run, &o)
	for i := range all {
		if all[i].id == notAnalysed { // nothing else in the log says so
			all[i].severity = rule.Error
		}
	}
	slices.SortStableFunc(all, func(a, b issue) int { return cmp.Compare(b.severity, a.severity) })
	out := bufio.NewWriter(w)
	for i := range all {
		if all[i].severity > rule.Note {
			writeAzure(out, &all[i], &o)
		} else {
			fmt.Fprintf(out, "note: %s (%s)\n", noCommand(o.placed(all[i].location, all[i].message)), noCommand(visible(all[i].id)))
		}
	}
	fmt.Fprintf(out, "%s\n", count(run).line(run.Inputs))
	return out.Flush()
}

func writeAzure(w io.Writer, i *issue, o *Options) {
	fmt.Fprintf(w, "##vso[task.logissue type=%s;", i.severity)
	if f := i.location.File; f != nil {
		p := i.location.Start()
		fmt.Fprintf(w, "sourcepath=%s;linenumber=%d;columnnumber=%d;", azureProperty.Replace(noCommand(visible(o.repositoryPath(f)))), p.Line, p.Column)
	}
	fmt.Fprintf(w, "code=%s;]%s\n", azureProperty.Replace(noCommand(visible(i.id))), azureData.Replace(noCommand(i.message)))
}

// What the agent decodes in a command's data and in its properties.
var (
	azureData     = strings.NewReplacer("%", "%AZP25", "\r", "%0D", "\n", "%0A")
	azureProperty = strings.NewReplacer("%", "%AZP25", "\r", "%0D", "\n", "%0A", "]", "%5D", ";", "%3B")
)

// noCommand returns a text in which no build agent finds a command: the forms
// that work anywhere in a line are broken up.
func noCommand(text string) string { return commands.Replace(text) }

var commands = strings.NewReplacer("##[", "## [", "##vso[", "## vso[")
