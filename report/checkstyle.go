package report

import (
	"bufio"
	"fmt"
	"io"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
)

// Checkstyle writes the XML of Checkstyle, which most CI servers can read.
func Checkstyle(w io.Writer, run *finding.Run, o Options) error {
	out := bufio.NewWriter(w)
	out.WriteString(xmlHead + "<checkstyle version=\"5.0\">\n") // of the Checkstyle whose format this is
	open := ""
	for _, i := range placedIssues(run, &o) {
		if path := i.location.File.Path; path != open {
			if open != "" {
				out.WriteString("  </file>\n")
			}
			fmt.Fprintf(out, "  <file name=\"%s\">\n", xmlText(o.repositoryPath(i.location.File)))
			open = path
		}
		p := i.location.Start()
		fmt.Fprintf(out, "    <error line=\"%d\" column=\"%d\" severity=\"%s\" message=\"%s\" source=\"%s\"/>\n",
			p.Line, p.Column, checkstyleSeverity(i.severity), xmlText(i.message), xmlText(i.id))
	}
	if open != "" {
		out.WriteString("  </file>\n")
	}
	out.WriteString("</checkstyle>\n")
	return out.Flush()
}

func checkstyleSeverity(s rule.Severity) string {
	if s <= rule.Note {
		return "info"
	}
	return s.String()
}
