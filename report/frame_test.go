package report

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
	"github.com/opslint/opslint/internal/source"
)

// frameText draws a frame without its gutter.
func frameText(fr frame) string {
	var b strings.Builder
	for _, row := range fr.rows {
		if row.line == 0 {
			b.WriteString("...\n")
			continue
		}
		b.WriteString(row.code + "\n" + strings.Repeat(" ", row.indent) + strings.Repeat("^", row.mark) + "\n")
	}
	return b.String()
}

func TestFrame(t *testing.T) {
	long := strings.Repeat("a", 300)
	for name, test := range map[string]struct{ content, mark, want string }{
		"ascii":           {"key: value\n", "value", "key: value\n     ^^^^^\n"},
		"tab before":      {"\tkey:\tvalue\n", "value", "    key:    value\n            ^^^^^\n"},
		"tab inside":      {"a\tb\n", "a\tb", "a   b\n^^^^^\n"},
		"wide":            {"注文: latest\n", "latest", "注文: latest\n      ^^^^^^\n"},
		"wide marked":     {"x: 注文\n", "注文", "x: 注文\n   ^^^^\n"},
		"combining":       {"cafe\u0301: x\n", "x", "cafe\u0301: x\n      ^\n"},
		"emoji":           {"🚀: x\n", "x", "🚀: x\n    ^\n"},
		"escape":          {"\x1b[2J: x\n", "x", "␛[2J: x\n      ^\n"},
		"right to left":   {"a\u202eb: x\n", "x", "a<U+202E>b: x\n            ^\n"},
		"invalid byte":    {"a\xffb: x\n", "x", "a\ufffdb: x\n     ^\n"},
		"crlf":            {"a: 1\r\nb: x\r\n", "x", "b: x\n   ^\n"},
		"byte order mark": {"\ufeffkind: x\n", "x", "kind: x\n      ^\n"},
		"two lines":       {"a:\n  b: 1\n", "a:\n  b: 1", "a:\n^^\n  b: 1\n  ^^^^\n"},
		"blank line":      {"a:\n\n  b: 1\n", "a:\n\n  b", "a:\n^^\n  b: 1\n  ^\n"},
		"many lines":      {"1\n2\n3\n4\n5\n6\n7\n", "1\n2\n3\n4\n5\n6", "1\n^\n2\n^\n3\n^\n...\n6\n^\n"},
		"line end":        {"a: 1\nb: 2\n", "1\n", "a: 1\n   ^\n"},
		"long, at start":  {"key: " + long + "\n", "key", "key: " + long[:frameWidth-5] + "…\n^^^\n"},
		"long, at end":    {long + " end\n", "end", "…" + long[:frameWidth-4] + " end\n" + strings.Repeat(" ", frameWidth-2) + "^^^\n"},
		"long, inside": {
			long + " mid " + long + "\n", "mid",
			"…" + long[:frameLead-1] + " mid " + long[:frameWidth-frameLead-4] + "…\n" + strings.Repeat(" ", frameLead+1) + "^^^\n",
		},
		"long, all": {long + "\n", long, long[:frameWidth] + "…\n" + strings.Repeat("^", frameWidth) + "\n"},
	} {
		t.Run(name, func(t *testing.T) {
			f := source.NewFile("f", []byte(test.content))
			start := strings.Index(test.content, test.mark)
			got := frameText(newFrame(source.Location{File: f, Range: source.Range{Start: start, End: start + len(test.mark)}}, nil))
			if got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestFrameOfEmptyRange(t *testing.T) {
	f := source.NewFile("f", []byte("a: 1\n"))
	for offset, want := range map[int]string{0: "a: 1\n^\n", 4: "a: 1\n    ^\n", 5: "\n^\n"} {
		if got := frameText(newFrame(source.Location{File: f, Range: source.Range{Start: offset, End: offset}}, nil)); got != want {
			t.Errorf("at %d: got\n%s\nwant\n%s", offset, got, want)
		}
	}
}

// FuzzText draws any range of any bytes: nothing panics, marks lie on the code,
// and no byte of the file reaches the terminal as a control character.
func FuzzText(f *testing.F) {
	f.Add([]byte(ordersYAML), 10, 50, "message", false)
	f.Add([]byte(windowsYAML), 0, 1000, "\x1b]8;;x\x1b\\", true)
	f.Add([]byte("\xff\x00\t\u202e\r\n\r"+strings.Repeat("ä\t注", 300)), 300, -4, "a\nb", false)
	f.Add([]byte{}, -1, 0, "", true)
	f.Fuzz(func(t *testing.T, content []byte, start, end int, message string, secret bool) {
		l := source.Location{File: source.NewFile("a\x1b.yaml", content), Range: source.Range{Start: start, End: end}}
		run := &finding.Run{
			Rules:    []*rule.Rule{{ID: "x/y", Remedy: message, Secret: secret}},
			Findings: []finding.Finding{{Rule: "x/y", Severity: rule.Error, Message: message, Location: l, Related: []finding.Related{{Location: l, Message: message}}}},
			Notices:  []finding.Notice{{Location: l, Message: message, Incomplete: true}},
		}
		for _, row := range newFrame(l, secretsOf(run, byID(run.Rules))).rows {
			if row.line == 0 {
				continue
			}
			width := columnsOf(row.code)
			if row.indent < 0 || row.mark < 1 || row.indent+row.mark > width+1 || width > frameWidth+16 {
				t.Errorf("mark at %d+%d in %d columns: %q", row.indent, row.mark, width, row.code)
			}
		}
		for _, format := range []string{"text", "github"} {
			got := render(t, format, run, Options{Verbose: true})
			if i := strings.IndexFunc(got, hostile); i >= 0 || !utf8.ValidString(got) {
				t.Errorf("%s report holds %q at %d", format, got[i:], i)
			}
		}
		for _, format := range []string{"json", "sarif"} {
			render(t, format, run, Options{})
		}
	})
}

func hostile(r rune) bool {
	return unicode.IsControl(r) && r != '\n' || unicode.Is(unicode.Bidi_Control, r)
}
