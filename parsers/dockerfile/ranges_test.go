package dockerfile

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/moby/buildkit/frontend/dockerfile/parser"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
	"github.com/opslint/opslint/parsers/internal/parsetest"
)

func samples(t testing.TB) []*source.File {
	t.Helper()
	names, err := filepath.Glob("testdata/*.dockerfile")
	if err != nil || len(names) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	var files []*source.File
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, source.NewFile(filepath.ToSlash(name), content))
	}
	return files
}

// assemble parses a file that stands in an empty repository.
func assemble(t testing.TB, f *source.File) *document.Document {
	t.Helper()
	tree, err := source.OpenTree(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tree.Close() })
	artifact, notices := Parse(f)
	if artifact == nil || len(notices) > 0 {
		t.Fatalf("%s: %v", f.Path, notices)
	}
	groups, notices := Assemble(t.Context(), tree, ".", []*document.Artifact{artifact})
	if len(groups) != 1 || len(notices) > 0 {
		t.Fatalf("%s: %d groups, notices %v", f.Path, len(groups), notices)
	}
	return groups[0].Documents[0]
}

// TestRangesSpellTheirText undoes continuations, quotes and escapes of what
// stands at each node's place and compares.
func TestRangesSpellTheirText(t *testing.T) {
	for _, f := range samples(t) {
		t.Run(f.Path, func(t *testing.T) {
			d := assemble(t, f)
			artifact, _ := Parse(f)
			escape := artifact.Syntax.(*parsed).escape
			parsetest.LeavesSpell(t, f, d.Root, func(leaf *document.Node, raw string) string {
				return spelled(leaf, raw, escape)
			})
			parsetest.RangesNest(t, f, d.Root)
		})
	}
}

func spelled(leaf *document.Node, raw string, escape rune) string {
	if raw == leaf.Text {
		return raw
	}
	mark := regexp.QuoteMeta(string(escape))
	raw = regexp.MustCompile(mark+`[ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*`).ReplaceAllString(raw, "")
	var decoded string
	switch {
	case raw == leaf.Text:
		return raw
	case strings.EqualFold(raw, leaf.Text) && leaf.Text == strings.ToUpper(raw): // a keyword
		return leaf.Text
	case json.Unmarshal([]byte(raw), &decoded) == nil && decoded == leaf.Text:
		return decoded
	case strings.Contains(raw, "\n\t") || strings.HasPrefix(raw, "tabs"): // a chomped heredoc
		return regexp.MustCompile(`(?m)^\t+`).ReplaceAllString(raw, "")
	}
	known := scope{"GO_VERSION": {value: "1.26", known: true}, "REGISTRY": {value: "registry.example.com", known: true}}
	result, _ := known.expand(raw, escape)
	return result
}

// TestWordsAreBuildkits holds the words found here against those of buildkit's
// own parser.
func TestWordsAreBuildkits(t *testing.T) {
	for _, f := range samples(t) {
		compareWithBuildkit(t, f)
	}
}

func compareWithBuildkit(t *testing.T, f *source.File) {
	t.Helper()
	result, err := parser.Parse(bytes.NewReader(f.Content))
	if err != nil {
		t.Fatal(err)
	}
	lines := newLineReader(f.Content, result.EscapeToken)
	for _, node := range result.AST.Children {
		joined, next := lines.join(node.StartLine)
		if joined.s != node.Original {
			t.Errorf("%s:%d: joined %q, buildkit %q", f.Path, node.StartLine, joined.s, node.Original)
			continue
		}
		i := readInstruction(joined, node, result.EscapeToken)
		i.readHeredocs(node, lines, next)
		if i.onbuild != nil {
			node, i = node.Next.Children[0], i.onbuild
		}
		if diff := cmp.Diff(buildkitWords(node), ownWords(i)); diff != "" {
			t.Errorf("%s:%d: words of %s (-buildkit +own)\n%s", f.Path, node.StartLine, i.name, diff)
		}
	}
}

func buildkitWords(node *parser.Node) []string {
	words := append([]string{strings.ToUpper(node.Value)}, node.Flags...)
	n := node.Next
	switch strings.ToUpper(node.Value) {
	case "ENV", "LABEL":
		for ; n != nil; n = n.Next.Next.Next {
			words = append(words, n.Value, n.Next.Value)
		}
	default:
		for ; n != nil; n = n.Next {
			words = append(words, n.Value)
		}
	}
	for _, h := range node.Heredocs {
		content := h.Content
		if h.Chomp {
			content = parser.ChompHeredocContent(content)
		}
		words = append(words, h.Name, content)
	}
	return words
}

func ownWords(i *instruction) []string {
	words := []string{i.name}
	for _, f := range i.flags {
		word := "--" + f.name
		if f.value != "" {
			word += "=" + f.value
		}
		words = append(words, word)
	}
	for _, a := range i.arguments {
		words = append(words, a.value)
	}
	for _, p := range i.pairs {
		switch {
		case i.name == "ARG" && p.hasValue:
			words = append(words, p.name.s+"="+p.value.s)
		case i.name == "ARG":
			words = append(words, p.name.s)
		default:
			words = append(words, p.name.s, p.value.s)
		}
	}
	for _, h := range i.heredocs {
		words = append(words, h.name, h.content.s)
	}
	return words
}

// FuzzParse: whatever the bytes, nothing panics or hangs, ranges lie inside the
// file, and lines are joined as buildkit joins them.
func FuzzParse(f *testing.F) {
	for _, file := range samples(f) {
		f.Add(file.Content)
	}
	for _, seed := range []string{
		"FROM a\nCMD sh -c 'a | b & wait'", "FROM a\nENTRYPOINT [\"sh\", \"-c\", \"trap x TERM; a || exit 1\"]\nCMD [\"b\"]",
		"ARG A=${B:-c}\nFROM $A", "FROM a\nRUN <<X\ny\nX\n", "FROM a\nCMD if a; then exec b; else (c); fi", "FROM a\nENV A B\\\nC",
		"FROM scratch\nCOPY <<A <<B /\nA\nB\nENTRYPOINT [\"/A\"]\n", "FROM a\nONBUILD ENV A=1\nHEALTHCHECK NONE",
	} {
		f.Add([]byte(seed))
	}
	tree, err := source.OpenTree(f.TempDir(), nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		file := source.NewFile("Dockerfile", content)
		Recognise(file)
		artifact, _ := Parse(file)
		if artifact == nil {
			return
		}
		for _, c := range artifact.Comments {
			if c.Range.Start < 0 || c.Range.End > len(content) || c.Scope.End > len(content) {
				t.Errorf("comment %v outside the file", c)
			}
		}
		result, err := parser.Parse(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		lines := newLineReader(content, result.EscapeToken)
		for _, node := range result.AST.Children {
			if joined, _ := lines.join(node.StartLine); joined.s != node.Original {
				t.Errorf("joined %q, buildkit %q", joined.s, node.Original)
			}
		}
		groups, _ := Assemble(t.Context(), tree, ".", []*document.Artifact{artifact})
		for _, g := range groups {
			if err := parsetest.RangesInside(file, g.Documents[0].Root); err != nil {
				t.Error(err)
			}
		}
	})
}
