package report

import (
	"fmt"
	"io"

	"github.com/opslint/opslint/internal/finding"
)

// Text writes the report for people.
func Text(w io.Writer, run *finding.Run, o Options) error {
	for _, f := range run.Findings {
		p := f.Location.Start()
		if _, err := fmt.Fprintf(w, "%s:%d:%d: %s: %s (%s)\n", o.display(f.Location.File), p.Line, p.Column, f.Severity, f.Message, f.Rule); err != nil {
			return err
		}
	}
	return nil
}
