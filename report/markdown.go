package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
)

const (
	// markdownLimit is the size in bytes of a Markdown report. GitHub drops a
	// job summary of more than 1 MiB as a whole; what is left is for others who
	// write to the summary of the same step.
	markdownLimit = 1_000_000
	// markdownText is the size in bytes above which a text is cut.
	markdownText = 2_000
)

// Markdown writes a summary for people: the numbers, what could not be analysed
// and a table of the findings, errors first. It fits into a job summary of
// GitHub; if findings are left out, it says how many.
func Markdown(w io.Writer, run *finding.Run, o Options) error {
	m := &markdown{o: &o, limit: markdownLimit}
	if o.NoLimits {
		m.limit = int(^uint(0) >> 1)
	}
	m.numbers(run)
	m.notices(run, "Not analysed", true)
	m.findings(run)
	m.notices(run, "Remarks", false)
	_, err := io.WriteString(w, m.b.String())
	return err
}

type markdown struct {
	b     strings.Builder
	o     *Options
	limit int
}

func (m *markdown) numbers(run *finding.Run) {
	c := count(run)
	fmt.Fprintf(&m.b, "## opslint: %s\n\nLooked %s", c.found(), looked(run.Inputs))
	for _, part := range []struct {
		n    int
		word string
	}{{c.Suppressed, "suppressed"}, {c.Undetermined, "undetermined"}} {
		if part.n > 0 {
			fmt.Fprintf(&m.b, "; %d %s", part.n, part.word)
		}
	}
	if c.Incomplete > 0 {
		fmt.Fprintf(&m.b, "; **%d not analysed**", c.Incomplete)
	}
	m.b.WriteString("\n")
}

// findings writes the table of findings, worst first.
func (m *markdown) findings(run *finding.Run) {
	var counting []*finding.Finding
	for i := range run.Findings {
		if f := &run.Findings[i]; f.Suppressed == nil {
			counting = append(counting, f)
		}
	}
	if len(counting) == 0 {
		return
	}
	slices.SortStableFunc(counting, func(a, b *finding.Finding) int { return cmp.Compare(b.Severity, a.Severity) })
	rules := byID(run.Rules)
	m.b.WriteString("\n| | Place | Finding | Rule |\n| --- | --- | --- | --- |\n")
	left := m.rows(len(counting), m.limit, func(i int) string {
		f := counting[i]
		message := markdownEscape(m.o.described(f))
		if advice := advice(f, rules[f.Rule]); advice != "" {
			message += "<br>fix: " + markdownEscape(visible(advice))
		}
		return fmt.Sprintf("| %s | %s | %s | %s |\n", markdownSeverity(f.Severity), m.place(f.Location), message,
			markdownLink(m.o.ruleURL(f.Rule), markdownEscape(visible(f.Rule))))
	})
	if left > 0 {
		fmt.Fprintf(&m.b, "\n**%s not in this table**, which would be too large for a job summary. The JSON report has everything.\n", verb(left, "finding", "findings"))
	}
}

// notices lists the notices of a kind. They take at most a quarter of the room.
func (m *markdown) notices(run *finding.Run, title string, incomplete bool) {
	var all []*finding.Notice
	for i := range run.Notices {
		if n := &run.Notices[i]; n.Incomplete == incomplete {
			all = append(all, n)
		}
	}
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(&m.b, "\n### %s\n\n", title)
	left := m.rows(len(all), min(m.limit, m.b.Len()+m.limit/4), func(i int) string {
		n := all[i]
		text := markdownEscape(visible(n.Message))
		if n.Location.File != nil {
			text = m.place(n.Location) + ": " + text
		}
		return "- " + text + "\n"
	})
	if left > 0 {
		fmt.Fprintf(&m.b, "\n**%s not in this list**, which would be too long. The JSON report has everything.\n", verb(left, "entry", "entries"))
	}
}

// rows writes as many of n rows as there is room for up to the limit and returns
// how many are left. Room for the lines that say so is kept free.
func (m *markdown) rows(n, limit int, row func(i int) string) (left int) {
	const reserve = 1 << 10
	for i := range n {
		r := row(i)
		if len(r) > limit-reserve-m.b.Len() {
			return n - i
		}
		m.b.WriteString(r)
	}
	return 0
}

// verb says that n things are or one thing is.
func verb(n int, one, several string) string {
	if n == 1 {
		return "1 " + one + " is"
	}
	return fmt.Sprintf("%d %s are", n, several)
}

// place returns path:line, linked to the file if its page is known.
func (m *markdown) place(l source.Location) string {
	path := m.o.repositoryPath(l.File)
	shown, target := markdownEscape(visible(path)), ""
	if m.o.BlobURL != "" {
		target = strings.TrimSuffix(m.o.BlobURL, "/") + "/" + escapePath(path)
	}
	if !wholeFile(l) {
		first, last := lines(l)
		shown += fmt.Sprintf(":%d", first)
		if target != "" {
			target += fmt.Sprintf("#L%d", first)
			if last > first {
				target += fmt.Sprintf("-L%d", last)
			}
		}
	}
	return markdownLink(target, shown)
}

func markdownSeverity(s rule.Severity) string {
	switch s {
	case rule.Error:
		return "❌ error"
	case rule.Warning:
		return "⚠️ warning"
	}
	return "ℹ️ note"
}

// markdownLink returns an escaped text as a link, if there is a target.
func markdownLink(target, text string) string {
	if target == "" {
		return text
	}
	return "[" + text + "](" + markdownTarget.Replace(target) + ")"
}

// markdownEscape returns a visible text that is nothing but text in Markdown: no
// markup, no cell of a table, no link, and nobody is mentioned. Of a very long
// one the start is shown.
func markdownEscape(text string) string {
	if len(text) > markdownText {
		end := markdownText
		for !utf8.RuneStart(text[end]) {
			end--
		}
		text = text[:end] + "…"
	}
	return markdownEscapes.Replace(text)
}

// A zero-width space parts what renderers make links of without any markup.
var markdownEscapes = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "~", `\~`, "[", `\[`, "]", `\]`, "|", `\|`, "$", `\$`, "!", `\!`,
	"&", "&amp;", "<", "&lt;", ">", "&gt;",
	"@", "@&#8203;", "#", "#&#8203;", "://", ":&#8203;//", "www.", "www&#8203;.",
)

// What would end a link's target, or its cell of a table, early.
var markdownTarget = strings.NewReplacer(
	" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", "|", "%7C", `\`, "%5C", "`", "%60", "\n", "%0A", "\r", "%0D",
)
