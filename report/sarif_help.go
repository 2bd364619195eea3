package report

import (
	"cmp"
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/opslint/opslint/internal/rule"
)

// exampleLimit is the size in bytes of an example above which the help leaves
// it to the rule's page.
const exampleLimit = 3000

// help returns a rule's help as plain text and as Markdown.
func (s *sarif) help(r *rule.Rule) (text, markdown string) {
	description := strings.TrimSpace(r.Description)
	if description == "" {
		description = sentence(r.Title)
	}
	text = description
	var b strings.Builder
	b.WriteString(description)
	if r.Remedy != "" {
		text += "\n\nFix: " + sentence(r.Remedy)
		fmt.Fprintf(&b, "\n\n**Fix:** %s", sentence(r.Remedy))
	}
	writeExample(&b, r.Example)
	if len(r.Parameters) > 0 {
		b.WriteString("\n\n**Parameters**\n")
		for _, p := range r.Parameters {
			fmt.Fprintf(&b, "\n- `%s` (%s, default `%v`): %s", p.Name, p.Type, p.Default, oneLine(p.Description))
		}
	}
	if len(r.Clauses) > 0 {
		b.WriteString("\n\n**Clauses of the standard**\n")
		for _, id := range r.Clauses {
			fmt.Fprintf(&b, "\n- %s", id)
			if s.o.Clause != nil {
				if clause := s.o.Clause(id); clause != "" {
					b.WriteString(": " + oneLine(clause))
				}
			}
		}
	}
	return text, b.String()
}

// writeExample shows the first bad and the first good file of an example.
func writeExample(b *strings.Builder, example rule.Example) {
	for _, bad := range []bool{true, false} {
		for _, f := range example.Files {
			if f.Bad != bad {
				continue
			}
			if len(f.Content) > exampleLimit {
				break
			}
			title := "Right"
			if bad {
				title = "Wrong"
			}
			fence := "```"
			for strings.Contains(f.Content, fence) {
				fence += "`"
			}
			fmt.Fprintf(b, "\n\n**%s** (`%s`)\n\n%s%s\n%s\n%s", title, f.Name, fence,
				strings.TrimPrefix(path.Ext(f.Name), "."), strings.TrimRight(f.Content, "\n"), fence)
			break
		}
	}
}

// firstParagraph returns the start of a rule's description, no longer than
// GitHub takes.
func firstParagraph(r *rule.Rule) string {
	const limit = 1000
	paragraph, _, _ := strings.Cut(strings.TrimSpace(r.Description), "\n\n")
	text := oneLine(paragraph)
	if text == "" {
		text = r.Title
	}
	if len(text) > limit {
		text = text[:strings.LastIndexByte(text[:limit], ' ')+1] + "…"
		return text
	}
	return sentence(text)
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// compareClauses orders clauses as the standard does: OPS-9.2 before OPS-11.4.
func compareClauses(a, b string) int {
	for a != "" && b != "" {
		x, y := digits(a), digits(b)
		if x == 0 || y == 0 {
			if a[0] != b[0] {
				return cmp.Compare(a[0], b[0])
			}
			a, b = a[1:], b[1:]
			continue
		}
		m, _ := strconv.Atoi(a[:x])
		n, _ := strconv.Atoi(b[:y])
		if m != n {
			return cmp.Compare(m, n)
		}
		a, b = a[x:], b[y:]
	}
	return cmp.Compare(len(a), len(b))
}

// digits returns how many digits s begins with.
func digits(s string) int {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return i
		}
	}
	return len(s)
}
