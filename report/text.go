package report

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
)

// manyFindings is the number above which the text report counts by rule too.
const manyFindings = 20

// Text writes the report for people: every finding with its code and its
// remedy, then what could not be checked, then one line that sums up.
//
// The first line of a finding has the form path:line:column: severity: message
// (rule), which editors and terminals know how to follow.
func Text(w io.Writer, run *finding.Run, o Options) error {
	t := &text{w: w, o: &o, run: run, rules: byID(run.Rules)}
	t.secrets = secretsOf(run, t.rules)
	t.findings()
	t.suppressed()
	t.undetermined()
	t.notices()
	if !o.Quiet {
		t.byRule()
		t.summary()
	}
	return t.err
}

type text struct {
	w       io.Writer
	err     error // the first; nothing is written after it
	o       *Options
	run     *finding.Run
	rules   map[string]*rule.Rule
	secrets secrets
	written bool // something stands above
}

func (t *text) printf(format string, args ...any) {
	if t.err == nil {
		_, t.err = fmt.Fprintf(t.w, format, args...)
	}
}

// gap separates blocks by an empty line.
func (t *text) gap() {
	if t.written && !t.o.Quiet {
		t.printf("\n")
	}
	t.written = true
}

// place returns path:line:column as people see it.
func (t *text) place(l source.Location) string {
	p := l.Start()
	shown := fmt.Sprintf("%s:%d:%d", visible(t.o.display(l.File)), p.Line, p.Column)
	return t.o.link(t.o.fileURL(l.File.Path, p.Line), shown)
}

// lead returns the place with a colon, empty if it is in no file.
func (t *text) lead(l source.Location) string {
	if l.File == nil {
		return ""
	}
	return t.place(l) + ": "
}

// ruleID returns the rule's ID in brackets, linked to its page.
func (t *text) ruleID(id string) string {
	return t.o.paint(dim, "("+t.o.link(t.o.ruleURL(id), visible(id))+")")
}

func (t *text) findings() {
	var last *finding.Finding
	for i := range t.run.Findings {
		f := &t.run.Findings[i]
		if f.Suppressed != nil {
			continue
		}
		t.gap()
		t.headline("", f)
		if !t.o.Quiet {
			gutter := t.frame(f.Location, colour(f.Severity))
			t.related(f, gutter)
			t.remedy(f, last, gutter)
		}
		last = f
	}
}

func (t *text) headline(indent string, f *finding.Finding) {
	t.printf("%s%s: %s: %s %s\n", indent, t.o.paint(bold, t.place(f.Location)),
		t.o.paint(colour(f.Severity), f.Severity.String()), visible(f.Message), t.ruleID(f.Rule))
}

// frame shows the code of a location and returns the width of its gutter.
func (t *text) frame(l source.Location, colour string) int {
	fr := newFrame(l, t.secrets)
	bar := t.o.paint(dim, "|")
	for _, row := range fr.rows {
		if row.line == 0 {
			t.printf("  %s\n", t.o.paint(dim, strings.Repeat(" ", fr.gutter)+" ..."))
			continue
		}
		t.printf("  %s %s", t.o.paint(dim, fmt.Sprintf("%*d", fr.gutter, row.line)), bar)
		if code := strings.TrimRight(row.code, " "); code != "" {
			t.printf(" %s", code)
		}
		t.printf("\n  %*s %s %s%s\n", fr.gutter, "", bar, strings.Repeat(" ", row.indent),
			t.o.paint(colour, strings.Repeat("^", row.mark)))
	}
	return fr.gutter
}

// related shows the way of a value and the places that explain the finding.
func (t *text) related(f *finding.Finding, gutter int) {
	for _, r := range f.Trace {
		t.printf("  %*s   from: %s%s\n", gutter, "", t.lead(r.Location), visible(r.Message))
	}
	for _, r := range f.Related {
		t.printf("  %*s   see: %s%s\n", gutter, "", t.lead(r.Location), visible(r.Message))
	}
}

// remedy says what to do, unless the finding right above said the same.
func (t *text) remedy(f, last *finding.Finding, gutter int) {
	r := t.rules[f.Rule]
	todo := advice(f, r)
	if todo == "" || last != nil && last.Rule == f.Rule && last.Location.File == f.Location.File && advice(last, r) == todo {
		return
	}
	t.printf("  %*s   %s %s\n", gutter, "", t.o.paint(green, "fix:"), visible(todo))
}

// suppressed lists what does not count, with the reason, if asked.
func (t *text) suppressed() {
	if !t.o.Verbose && !t.o.ShowSuppressed {
		return
	}
	head := false
	for i := range t.run.Findings {
		f := &t.run.Findings[i]
		if f.Suppressed == nil {
			continue
		}
		t.section(&head, "suppressed:")
		t.headline("  ", f)
		by := "by " + string(f.Suppressed.Kind)
		if f.Suppressed.Location.File != nil {
			by += " at " + t.place(f.Suppressed.Location)
		}
		if f.Suppressed.Reason != "" {
			by += ": " + visible(f.Suppressed.Reason)
		}
		t.printf("    %s\n", by)
	}
}

// undetermined lists what could not be decided, if asked.
func (t *text) undetermined() {
	if !t.o.Verbose {
		return
	}
	head := false
	for i := range t.run.Verdicts {
		v := &t.run.Verdicts[i]
		if v.Outcome != finding.Undetermined {
			continue
		}
		t.section(&head, "undetermined:")
		t.printf("  %s%s: %s %s\n", t.lead(v.Location), visible(v.Subject), visible(v.Reason), t.ruleID(v.Rule))
	}
}

// section prints a heading once.
func (t *text) section(head *bool, title string) {
	if !*head {
		t.gap()
		t.printf("%s\n", t.o.paint(bold, title))
	}
	*head = true
}

// notices shows the tool's own trouble, what could not be checked last, next
// to the line that sums up.
func (t *text) notices() {
	for _, incomplete := range []bool{false, true} {
		above := true // something that an empty line must part from
		for i := range t.run.Notices {
			n := &t.run.Notices[i]
			if n.Incomplete != incomplete || t.o.Quiet && !incomplete {
				continue
			}
			framed := incomplete && !t.o.Quiet && n.Location.File != nil && !wholeFile(n.Location)
			if above || framed {
				t.gap()
			}
			above = framed
			t.notice(n)
			if framed {
				t.frame(n.Location, red)
			}
		}
	}
}

func (t *text) notice(n *finding.Notice) {
	label := t.o.paint(cyan, "notice")
	if n.Incomplete {
		label = t.o.paint(red, "not analysed")
	}
	switch l := n.Location; {
	case l.File == nil:
		t.printf("%s: %s\n", label, visible(n.Message))
	case wholeFile(l):
		t.printf("%s: %s: %s\n", t.o.paint(bold, t.o.link(t.o.fileURL(l.File.Path, 1), visible(t.o.display(l.File)))), label, visible(n.Message))
	default:
		t.printf("%s: %s: %s\n", t.o.paint(bold, t.place(l)), label, visible(n.Message))
	}
}

// wholeFile reports whether a notice's location means the file as a whole.
func wholeFile(l source.Location) bool { return l.Range.Empty() && l.Range.Start <= 0 }

// byRule counts many findings by rule, so that the reader sees where to start.
func (t *text) byRule() {
	type row struct {
		severity rule.Severity
		id       string
	}
	counts, total := map[row]int{}, 0
	for i := range t.run.Findings {
		if f := &t.run.Findings[i]; f.Suppressed == nil {
			counts[row{f.Severity, f.Rule}]++
			total++
		}
	}
	if total <= manyFindings || len(counts) < 2 {
		return
	}
	rows := slices.SortedFunc(maps.Keys(counts), func(a, b row) int {
		return cmp.Or(cmp.Compare(b.severity, a.severity), cmp.Compare(counts[b], counts[a]), cmp.Compare(a.id, b.id))
	})
	t.gap()
	for _, r := range rows {
		severity := fmt.Sprintf("%-7s", r.severity)
		t.printf("%6d  %s  %s\n", counts[r], t.o.paint(colour(r.severity), severity), t.o.link(t.o.ruleURL(r.id), visible(r.id)))
	}
}

// summary is the last line: what was found, in how much, by how many rules.
func (t *text) summary() {
	c := count(t.run)
	found := c.found()
	if c.Errors > 0 {
		found = t.o.paint(red, found)
	} else if c.Warnings > 0 {
		found = t.o.paint(yellow, found)
	} else if c.Notes == 0 && c.Incomplete == 0 {
		found = t.o.paint(green, found)
	}
	t.gap()
	t.printf("%s %s", found, looked(t.run.Inputs))
	if c.Suppressed > 0 {
		t.printf("; %d suppressed", c.Suppressed)
		if !t.o.Verbose && !t.o.ShowSuppressed {
			t.printf(" (-v lists them)")
		}
	}
	if t.o.Verbose && c.Undetermined > 0 {
		t.printf("; %d undetermined", c.Undetermined)
	}
	if c.Incomplete > 0 {
		t.printf("; %s", t.o.paint(red, fmt.Sprintf("%d not analysed", c.Incomplete)))
	}
	t.printf("\n")
}

// looked says how much was looked at: "in 14 files (52 documents, 6 packages; 31
// rules)". Nothing at all must not read like a clean bill.
func looked(in finding.Inputs) string {
	if in.Files == 0 {
		return fmt.Sprintf("in 0 files: nothing to check was found (%s)", plural(in.Rules, "rule"))
	}
	var parts []string
	if in.Documents > 0 {
		parts = append(parts, plural(in.Documents, "document"))
	}
	if in.Packages > 0 {
		parts = append(parts, plural(in.Packages, "package"))
	}
	what := strings.Join(parts, ", ")
	if what != "" {
		what += "; "
	}
	return fmt.Sprintf("in %s (%s%s)", plural(in.Files, "file"), what, plural(in.Rules, "rule"))
}
