package yamltree

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
	"github.com/opslint/opslint/parsers/internal/parsetest"
)

func read(t testing.TB, name string) *source.File {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return source.NewFile(name, content)
}

var kubernetes = Options{Legacy: true, Placeholders: true}

// all parses every document of a file.
func all(f *source.File) (roots []*document.Node, problems []Problem) {
	chunks, problems := Split(f)
	for i := range chunks {
		r, p := chunks[i].Parse(kubernetes)
		roots, problems = append(roots, r...), append(problems, p...)
	}
	return roots, problems
}

func parse(t testing.TB, f *source.File) *document.Node {
	t.Helper()
	roots, problems := all(f)
	for _, p := range problems {
		t.Errorf("%s: %s", f.Path, p)
	}
	if len(roots) != 1 {
		t.Fatalf("%s: %d documents, want 1", f.Path, len(roots))
	}
	return roots[0]
}

// spell reads the source of a leaf alone with the library. Block scalars lose
// their last line break to the range.
func spell(leaf *document.Node, raw string) string {
	var n yaml.Node
	if err := yaml.Unmarshal([]byte(raw), &n); err != nil {
		return err.Error()
	}
	b := builder{options: kubernetes}
	text := b.scalar(n.Content[0]).Text
	if raw[0] == '|' || raw[0] == '>' {
		return text + leaf.Text[min(len(leaf.Text), len(text)):]
	}
	return text
}

func TestEveryLeafSpellsItsScalar(t *testing.T) {
	for _, name := range []string{"scalars.yaml", "tail.yaml", "crlf.yaml"} {
		t.Run(name, func(t *testing.T) {
			f := read(t, name)
			root := parse(t, f)
			parsetest.LeavesSpell(t, f, root, func(leaf *document.Node, raw string) string {
				if strings.HasPrefix(raw, ">2-") { // its indentation is relative to the parent's
					return leaf.Text
				}
				return spell(leaf, raw)
			})
			parsetest.RangesNest(t, f, root)
		})
	}
}

// TestRangesAreExact checks a few ranges in full, because a scalar may spell
// right in the wrong place.
func TestRangesAreExact(t *testing.T) {
	f := read(t, "scalars.yaml")
	root := parse(t, f)
	for path, want := range map[string]string{
		"plain":              "12: orders",
		"after tab":          "17: spaced",
		"plain multi-byte":   "19: größer 日本語 🚀",
		"after multi-byte.日": "20: [本, \"🚀\", x]",
		"folded plain":       "25: one\n  two\n\n  three",
		"literal":            "36: |\n  first # text\n    indented\n\n  last",
		"literal strip":      "41: |-   # a header comment\n  first\n  last",
		"literal keep":       "45: |+\n  first\n",
		"folded indicator":   "57: >2-\n    two more\n  one",
		"sequence of blocks": "62: - |",
		"nested.flow":        "81: {\n        a: 1,  # }",
		"nested.list":        "79: - a   \n        -   b",
	} {
		n := root.Find(strings.Split(path, ".")...)
		if n == nil {
			t.Errorf("%s: no such node", path)
			continue
		}
		_, text, _ := strings.Cut(want, ": ")
		if got := f.Text(n.Range); !strings.HasPrefix(got, text) || n.Leaf() && got != text {
			t.Errorf("%s: range holds %q, want %q", path, got, text)
		}
	}
}

func TestScalarTypes(t *testing.T) {
	root := parse(t, read(t, "scalars.yaml"))
	for key, want := range map[string]string{
		"number": "number 8080", "octal": "number 493", "exponent": "number 1000", "underscore": "number 1000",
		"hex": "number 255", "float": "number 0.5", "truth": "bool true", "legacy": "bool true",
		"nothing": "null ", "tilde": "null ", "empty": "null ", "empty with comment": "null ",
		`quoted "key"`: `string value with "quotes", a # and é`, "single": "string it's # text",
		"date": "string 2026-01-31", "placeholder": "unknown ${REPLICAS}", "tagged": "string 123", "custom": "unknown thing",
		"folded plain": "string one two\nthree", "quoted lines": "string one two three\nfour",
		"literal strip": "string first\nlast", "literal keep": "string first\n\n", "folded": "string one two\n\n  code\n\nthree\n",
	} {
		if n := root.Get(key); n == nil || fmt.Sprint(n.Kind, " ", n.Text) != want {
			t.Errorf("%s: got %+v, want %s", key, n, want)
		}
	}
	if n, _ := all(source.NewFile("a.yaml", []byte("a: yes"))); n[0].Get("a").Kind != document.Bool {
		t.Error("yes is a Boolean to the API machinery")
	}
	chunks, _ := Split(source.NewFile("a.yaml", []byte("a: yes")))
	if n, _ := chunks[0].Parse(Options{}); n[0].Get("a").Kind != document.String {
		t.Error("yes is text by YAML 1.2")
	}
}

// TestNumbers: what no float holds is text, lest somebody computes with it.
func TestNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"12345678901234567890": "number 12345678901234567890", "-0": "number -0", "1.50": "number 1.50", "2.5E+2": "number 250",
		"1e999999999": "string 1e999999999", "1e-999999999": "number 0", "+12": "number 12", ".inf": "string .inf", "0o17": "number 15", "08": "number 8",
		"1" + strings.Repeat("0", 99): "number 1e+99", "1.2.3": "string 1.2.3", "12e": "string 12e", "0x": "string 0x",
	} {
		root, _ := all(source.NewFile("a.yaml", []byte("a: "+text)))
		if n := root[0].Get("a"); fmt.Sprint(n.Kind, " ", n.Text) != want {
			t.Errorf("%s: got %s %s, want %s", text, n.Kind, n.Text, want)
		}
	}
}

func TestAnchorsAndMergeKeys(t *testing.T) {
	f := read(t, "anchors.yaml")
	root := parse(t, f)
	for path, want := range map[string]string{
		"one.cpu":      "8: 1",    // explicit wins
		"one.memory":   "3: 64Mi", // keeps the anchor's place
		"one.nested.a": "4: 1",
		"list.cpu":     "2: 100m", // the earlier mapping wins
		"list.disk":    "5: 1Gi",
		"before.cpu":   "12: 2", // the order does not matter
		"before.disk":  "5: 1Gi",
		"alias":        "3: 64Mi",
		"again.x":      "17: y",
	} {
		n := root.Find(strings.Split(path, ".")...)
		if n == nil {
			t.Errorf("%s: no such node", path)
		} else if got := fmt.Sprintf("%d: %s", f.Line(n.Range.Start), f.Text(n.Range)); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
	if root.Find("one", "<<") != nil {
		t.Error("the merge key itself is still there")
	}
	if err := parsetest.RangesInside(f, root); err != nil {
		t.Error(err)
	}
}

func TestSplit(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"markers", "---\na: 1\n---\nb: 2\n", "a=1 b=2"},
		{"marker with a comment", "a: 1\n--- # next\nb: 2", "a=1 b=2"},
		{"marker with content", "--- {a: 1}\n--- {b: 2}", "a=1 b=2"},
		{"marker with a block mapping", "--- a: 1\n", ""},
		{"end marker", "a: 1\n...\n---\nb: 2\n...\n", "a=1 b=2"},
		{"directive", "%YAML 1.1\n---\na: 1\n...\n%YAML 1.1\n---\nb: 2\n", "a=1 b=2"},
		{"byte order mark", "\ufeffa: 1\n---\nb: 2", "a=1 b=2"},
		{"CRLF", "a: 1\r\n---\r\nb: 2\r\n", "a=1 b=2"},
		{"comments and nothing", "# a\n---\n# b\n---\n\n---\na: 1\n---\n# end\n", "a=1"},
		{"marker ends a block scalar", "a: |\n  x\n---\nb: 2\n", "a=x\n b=2"},
		{"no marker", "a: 1\n ---\n", "a=1 ---"},
		{"dashes that are none", "a: 1\n----: 2\n", "a=1 ----=2"},
		{"empty", "", ""},
		{"only white space", " \n\t\n", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := source.NewFile("a.yaml", []byte(test.text))
			var got []string
			roots, _ := all(f)
			for _, root := range roots {
				if err := parsetest.RangesInside(f, root); err != nil {
					t.Error(err)
				}
				for _, m := range root.Members {
					got = append(got, m.Key+"="+m.Value.Text)
					if raw := f.Text(m.KeyRange); raw != m.Key {
						t.Errorf("range of key %s holds %q", m.Key, raw)
					}
				}
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("got %q, want %q", strings.Join(got, " "), test.want)
			}
		})
	}
}

func TestJSON(t *testing.T) {
	f := source.NewFile("a.json", []byte("{\n\t\"a\": [1, -2.5e3, true, null, \"\\u00e9\\ud83d\\ude80\\n\", {}],\n\t\"b\": {\"c\": []}\n}\n{\"d\": \"ä\"}"))
	roots, problems := all(f)
	if len(problems) > 0 || len(roots) != 2 {
		t.Fatalf("got %d documents, %v", len(roots), problems)
	}
	for _, root := range roots {
		parsetest.RangesNest(t, f, root)
		parsetest.LeavesSpell(t, f, root, func(_ *document.Node, raw string) string {
			var value any
			if err := json.Unmarshal([]byte(raw), &value); err != nil {
				return err.Error()
			}
			switch value := value.(type) {
			case string:
				return value
			case nil:
				return ""
			case float64:
				raw, _ = number(raw)
			}
			return raw
		})
	}
	if got := roots[0].Get("a").Items[4].Text; got != "é🚀\n" {
		t.Errorf("got %q", got)
	}
}

func TestParseHeadReadsIdentityOnly(t *testing.T) {
	f := source.NewFile("a.yaml", []byte("---\napiVersion: v1\nkind: ConfigMap\ndata:\n  a: {broken\n\n  # c\n  b: ü\nmetadata:\n  name: ü-x\n  namespace: shop\nstatus: {}\n"))
	chunks, _ := Split(f)
	roots, problems := chunks[0].ParseHead(kubernetes, "apiVersion", "kind", "metadata")
	if len(problems) > 0 || len(roots) != 1 {
		t.Fatalf("got %d documents, %v", len(roots), problems)
	}
	if n := roots[0].Find("metadata", "namespace"); n.Str() != "shop" || f.Text(n.Range) != "shop" {
		t.Errorf("namespace is %+v", n)
	}
	if roots[0].Get("data") != nil {
		t.Error("data was parsed")
	}
}

// TestProblems states place and words of what people get wrong.
func TestProblems(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"tab", "a:\n  b: 1\n\tc: 2\n", "3:1 a tab cannot indent YAML: use spaces"},
		{"tab in the first line", "\ta: 1\n", "1:1 a tab cannot indent YAML: use spaces"},
		{"tab below a list", "a:\n- b: 1\n\t c: 2\n", "3:1 a tab cannot indent YAML: use spaces"},
		{"UTF-8", "a: 1\nb: \xff\n", "2:4 not UTF-8 text: save the file as UTF-8"},
		{"control character", "a: 1\nb: x\x07\n", "2:5 YAML does not allow the character U+0007: write it as an escape in double quotes"},
		{"open quote", "a: 1\nb: \"text\nc: 2\n", "2:4 this quote is never closed"},
		{"open quote in the first line", "a: 'text\n", "1:4 this quote is never closed"},
		{"open bracket", "a: 1\nb: [1, 2\nc: 3\n", "2:4 a closing bracket or a comma is missing behind this bracket"},
		{"open bracket in the first line", "b: [1, 2\nc: 3\n", "1:4 a closing bracket or a comma is missing behind this bracket"},
		{"two colons", "a: 1\nb: c: d\n", `2:5 a mapping cannot begin here: check the indentation, or quote the value that holds ": "`},
		{"indented mapping", "a: 1\n  b: 2\n", `2:4 a mapping cannot begin here: check the indentation, or quote the value that holds ": "`},
		{"dedent", "a:\n    b: 1\n  c: 2\n", "3:3 this line does not fit the block that it stands in: check indentation and quotes"},
		{"text behind a quote", "a: 1\nx:\n  b: \"c\" d\n", "3:3 this line does not fit the block that it stands in: check indentation and quotes"},
		{"list in a mapping", "a: 1\n- b\n", "2:1 this line does not fit the block that it stands in: check indentation and quotes"},
		{"no colon", "a: 1\nb\nc: 2\n", "2:1 a colon is missing: this line is neither a key nor part of the value above"},
		{"at sign", "a: 1\nb: @c\n", "2:4 a value cannot begin with '@': put it in quotes"},
		{"unknown escape", "a: 1\nb: \"\\d\"\n", `2:7 unknown escape in double quotes: write \\ for a backslash, or use single quotes`},
		{"unknown anchor", "a: 1\nb: *c\n", "2:4 alias *c has no anchor &c above it"},
		{"circle", "a: &a\n  b: *a\n", "2:6 alias *a stands inside what it refers to"},
		{"key twice", "a: 1\nb: 2\na: 3\n", `3:1 key "a" is there twice, first on line 1; the last one counts`},
		{"key is a mapping", "a: 1\n{b: c}: d\n", "2:1 a key must be a string, and this one is a mapping"},
		{"template", "a: 1\nb: {{ c }}\n", "2:4 {{ … }} is no text in YAML unless it stands in quotes"},
		{"merge of a scalar", "a: 1\n<<: 2\n", "2:1 merge key << takes a mapping or a list of mappings"},
		{"text behind the root", "{a: 1}\nb: 2\n", "2:1 the document has ended above this line: check the indentation, or begin the next document with ---"},
		{"in the second document", "a: 1\n---\nb: 'c\n", "3:4 this quote is never closed"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := source.NewFile("a.yaml", []byte(test.text))
			_, problems := all(f)
			var got []string
			for _, p := range problems {
				at := f.Position(p.Range.Start)
				got = append(got, fmt.Sprintf("%d:%d %s", at.Line, at.Column, p.Message))
			}
			if strings.Join(got, "\n") != test.want {
				t.Errorf("got  %s\nwant %s", strings.Join(got, "\n"), test.want)
			}
		})
	}
}

func TestJSONProblems(t *testing.T) {
	tests := []struct{ text, want string }{
		{`{"a": 1,}`, "9 a key in double quotes is expected here"},
		{`{"a" 1}`, "6 a colon is expected behind the key"},
		{`{"a": [1 2]}`, "10 a comma or ']' is expected here"},
		{`{"a": [1, 2`, "7 '[' is never closed"},
		{`{"a": x}`, "7 'x' does not begin a JSON value"},
		{`{"a": "x`, "7 the string is never closed"},
		{`{"a": "\d"}`, `8 the escape "\\d" is unknown`},
		{"{\"a\": \"\xff\\n\"}", "8 the string is not UTF-8"},
		{`{"a": 1, "a": 2}`, `10 key "a" is there twice, first on line 1; the last one counts`},
		{`{`, "2 a key in double quotes is expected here"},
	}
	for _, test := range tests {
		f := source.NewFile("a.json", []byte(test.text))
		_, problems := all(f)
		if len(problems) != 1 {
			t.Errorf("%s: got %v", test.text, problems)
			continue
		}
		if got := fmt.Sprint(f.Position(problems[0].Range.Start).Column, " ", problems[0].Message); got != test.want {
			t.Errorf("%s: got %s, want %s", test.text, got, test.want)
		}
	}
}

// TestHostileInput: each ends soon and with one clear problem.
func TestHostileInput(t *testing.T) {
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := range 9 {
		bomb += fmt.Sprintf("a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 10), ", "))
	}
	merges := "m0: &m0 {a: 1}\n"
	for i := range 40 {
		merges += fmt.Sprintf("m%d: &m%d\n  <<: [*m%d, *m%d]\n  k%d: *m%d\n", i+1, i+1, i, i, i, i)
	}
	tests := []struct{ name, text, want string }{
		{"alias bomb", bomb, "aliases stand for more than 100000 nodes"},
		{"merge bomb", merges, "aliases stand for more than 100000 nodes"},
		{"deep flow", strings.Repeat("[", 10_000), "nested more than 1000 levels deep"},
		{"deep closed flow", strings.Repeat("[", 5_000) + strings.Repeat("]", 5_000), "nested more than 1000 levels deep"},
		{"deeper flow", strings.Repeat("{a: ", 1_000_000), "nested more than 1000 levels deep"},
		{"deep block", strings.Repeat("- ", 10_000), "nested more than 1000 levels deep"},
		{"deeper block", strings.Repeat("? ", 500_000), "nested more than 1000 levels deep"},
		{"a binary", "\x7fELF\x00\x01", "YAML does not allow the character U+007F: write it as an escape in double quotes"},
		{"many comments", "a: 1\n" + strings.Repeat("# c\n", 200_000) + "b: 2\n", ""},
		{"many keys", strings.Repeat("a: 1\n", 20_000), "is there twice"},
		{"one long line of flow", "a: [" + strings.Repeat("{ü: {b: 1}}, ", 30_000) + "]", ""},
		{"a fault at the end", "a: 1\n" + strings.Repeat("b: [text, text]\n", 30_000) + " c: 1\n", "this line does not fit"},
		{"one long line", "a: " + strings.Repeat("x ", 1_000_000), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			begin := time.Now()
			_, problems := all(source.NewFile("a.yaml", []byte(test.text)))
			switch {
			case test.want == "" && len(problems) > 0:
				t.Errorf("got %v", problems[0])
			case test.want != "" && (len(problems) == 0 || !strings.Contains(problems[0].Message, test.want)):
				t.Errorf("got %.300v, want %s", problems, test.want)
			}
			if took := time.Since(begin); took > 5*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}
