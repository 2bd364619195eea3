package policies

import (
	"strings"
	"testing"

	"github.com/opslint/opslint/internal/source"
)

func TestWritten(t *testing.T) {
	for _, test := range []struct {
		name, raw, text, part string
		found                 bool
	}{
		{"plain", `registry/orders:latest`, `registry/orders:latest`, `latest`, true},
		{"double quotes", `"registry/orders:latest"`, `registry/orders:latest`, `latest`, true},
		{"single quotes", `'registry/orders:latest'`, `registry/orders:latest`, `latest`, true},
		{"escape behind the part", `"latest\n"`, "latest\n", `latest`, true},
		{"escape before the part", `"a\tlatest"`, "a\tlatest", `latest`, false},
		{"escaped quote", `"\"x"`, `"x`, `"`, false},
		{"escaped backslash", `"\\n"`, `\n`, `n`, false},
		{"doubled quote", `'it''s latest'`, `it's latest`, `latest`, false},
		{"template", `"$${x} latest"`, `${x} latest`, `latest`, false},
		{"block", "|\n  first\n  rate(x[5m])\n", "first\nrate(x[5m])\n", "x[5m]", true},
		{"block with CRLF", "|\r\n  first\r\n  rate(x[5m])\r\n", "first\nrate(x[5m])\n", "x[5m]", true},
		{"block with indentation of its own", "|-\n  {\n    \"a\": 1\n  }", "{\n  \"a\": 1\n}", `"a"`, true},
		{"heredoc", "<<-EOT\n    select 1\n    from x\n  EOT", "select 1\nfrom x\n", "from", true},
		{"folded block", ">\n  one\n  two\n", "one two\n", "two", false},
		{"folded plain", "one\n  two", "one two", "two", false},
		{"over two lines of a block", "|\n  a\n  b\n", "a\nb\n", "a\nb", false},
		{"over two lines of a plain text", "a\nb", "a\nb", "a\nb", true},
		{"nothing of the text", "*anchor", "value", "value", false},
		{"empty", "", "value", "value", false},
	} {
		at := strings.Index(test.text, test.part)
		start, ok := written(test.raw, test.text, source.Range{Start: at, End: at + len(test.part)})
		switch {
		case ok != test.found:
			t.Errorf("%s: found is %v", test.name, ok)
		case ok && !strings.HasPrefix(test.raw[start:], test.part):
			t.Errorf("%s: at %d stands %q, want %q", test.name, start, test.raw[start:], test.part)
		}
	}
}

// Wherever a part is placed, its bytes stand there.
func FuzzWritten(f *testing.F) {
	f.Add("|\n  a\n  bc\n", "a\nbc\n", 2, 3)
	f.Add(`"a\nb"`, "a\nb", 0, 1)
	f.Fuzz(func(t *testing.T, raw, text string, from, to int) {
		if from < 0 || to < from || to > len(text) {
			return
		}
		if start, ok := written(raw, text, source.Range{Start: from, End: to}); ok && !strings.HasPrefix(raw[start:], text[from:to]) {
			t.Errorf("at %d of %q: want %q", start, raw, text[from:to])
		}
	})
}
