package terraform

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
	"github.com/opslint/opslint/parsers/internal/parsetest"
)

// TestAssemble runs the archives in testdata. Their last file, "want", says one
// thing a line about the documents of the others:
//
//	documents = ADDRESS, …
//	value ADDRESS PATH = JSON | unknown | one of JSON, … | absent
//	member ADDRESS KEY = JSON            a member of the input besides config
//	place ADDRESS PATH = FILE:LINE:COLUMN TEXT
//	notice FILE:LINE:COLUMN MESSAGE      one that leaves nothing unchecked
//	trouble FILE:LINE:COLUMN MESSAGE     one that does
//
// An address may have its root before it: live//aws_db_instance.main. All notices
// are to be named.
func TestAssemble(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			last := len(archive.Files) - 1
			if archive.Files[last].Name != "want" {
				t.Fatal("the last file is not named want")
			}
			r := assembleArchive(t, archive.Files[:last])
			r.check(t, string(archive.Files[last].Data))
		})
	}
}

// A result is what the parser makes of a tree.
type result struct {
	documents []*document.Document
	notices   []finding.Notice
}

// assembleArchive writes files to a directory and reads them as opslint would.
func assembleArchive(t testing.TB, files []txtar.File) result {
	t.Helper()
	dir := t.TempDir()
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return assembleDir(t, dir)
}

func assembleDir(t testing.TB, dir string) result {
	t.Helper()
	tree, err := source.OpenTree(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tree.Close() })
	var r result
	var artifacts []*document.Artifact
	err = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil || !Wants(filepath.ToSlash(rel)) {
			return err
		}
		f, err := tree.Read(filepath.ToSlash(rel), Limit)
		if err != nil || !Recognise(f) {
			return err
		}
		artifact, notices := Parse(f)
		artifacts = append(artifacts, artifact)
		r.notices = append(r.notices, notices...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	groups, notices := Assemble(t.Context(), tree, ".", artifacts)
	r.notices = append(r.notices, notices...)
	for _, g := range groups {
		r.documents = append(r.documents, g.Documents...)
		checkRefs(t, &g)
	}
	for _, d := range r.documents {
		if err := parsetest.RangesInside(d.File, d.Root); err != nil {
			t.Error(err)
		}
	}
	return r
}

// checkRefs proves that every place a document names can be pointed at.
func checkRefs(t testing.TB, g *document.Group) {
	t.Helper()
	for _, d := range g.Documents {
		refs := []*document.Node{d.Root.Get("ref")}
		refs = append(refs, d.Root.Get("calls").Items...)
		for _, o := range d.Root.Get("origins").Items {
			refs = append(refs, o.Get("ref"))
			if call := o.Get("call"); call.Text != "" {
				refs = append(refs, call)
			}
		}
		for _, ref := range refs {
			if target := g.Refs[ref.Text]; target == nil || target.At(nil).File == nil {
				t.Errorf("%s: ref %q names nothing", d.Name, ref.Text)
			}
		}
	}
}

func (r *result) check(t *testing.T, want string) {
	t.Helper()
	var notices []string
	for line := range strings.Lines(want) {
		line = strings.TrimSpace(line)
		verb, rest, _ := strings.Cut(line, " ")
		question, wanted, _ := strings.Cut(rest, " = ")
		words := strings.Fields(question)
		switch verb {
		case "":
		case "documents":
			var got []string
			for _, d := range r.documents {
				got = append(got, d.Root.Get("address").Text)
			}
			if diff := cmp.Diff(strings.TrimPrefix(rest, "= "), strings.Join(got, ", ")); diff != "" {
				t.Errorf("documents (-want +got):\n%s", diff)
			}
		case "value":
			r.expect(t, line, wanted, r.value(t, words[0], words[1]))
		case "member":
			r.expect(t, line, wanted, encode(r.document(t, words[0]).Root.Get(words[1])))
		case "place":
			path := ""
			if len(words) > 1 {
				path = words[1]
			}
			d := r.document(t, words[0])
			l := d.At(configPath(path))
			r.expect(t, line, wanted, fmt.Sprintf("%s %s", at(l), l.File.Text(l.Range)))
		case "notice", "trouble":
			notices = append(notices, line)
		default:
			t.Fatalf("%s: unknown verb", line)
		}
	}
	if diff := cmp.Diff(notices, r.said()); diff != "" {
		t.Errorf("notices (-want +got):\n%s", diff)
	}
}

// said spells the notices as the archives do.
func (r *result) said() []string {
	var lines []string
	for _, n := range r.notices {
		verb := "notice"
		if n.Incomplete {
			verb = "trouble"
		}
		lines = append(lines, fmt.Sprintf("%s %s %s", verb, at(n.Location), n.Message))
	}
	return lines
}

func (r *result) expect(t *testing.T, line, want, got string) {
	t.Helper()
	if got != want {
		t.Errorf("%s\n\tgot %s", line, got)
	}
}

func at(l source.Location) string {
	if l.File == nil {
		return "-"
	}
	p := l.Start()
	return fmt.Sprintf("%s:%d:%d", l.File.Path, p.Line, p.Column)
}

func (r *result) document(t *testing.T, address string) *document.Document {
	t.Helper()
	root, name, ok := strings.Cut(address, "//")
	if !ok {
		root, name = "", address
	}
	for _, d := range r.documents {
		if d.Root.Get("address").Text == name && (root == "" || d.Root.Get("root").Text == root) {
			return d
		}
	}
	t.Fatalf("there is no document %s", address)
	return nil
}

func configPath(path string) document.Path {
	out := document.Path{"config"}
	if path == "" {
		return out
	}
	return append(out, strings.Split(path, ".")...)
}

// value says what a document knows about a path of its config.
func (r *result) value(t *testing.T, address, path string) string {
	t.Helper()
	d := r.document(t, address)
	in := func(list string) *document.Node {
		for _, entry := range d.Root.Get(list).Items {
			steps := entry
			if entry.Get("path") != nil {
				steps = entry.Get("path")
			}
			var names []string
			for _, step := range steps.Items {
				names = append(names, step.Text)
			}
			if strings.Join(names, ".") == path {
				return entry
			}
		}
		return nil
	}
	if in("unknown") != nil {
		candidates := in("candidates")
		if candidates == nil {
			return "unknown"
		}
		var values []string
		for _, v := range candidates.Get("values").Items {
			values = append(values, encode(v))
		}
		return "one of " + strings.Join(values, ", ")
	}
	n := d.Lookup(configPath(path))
	if n == nil || n.Kind == document.Null {
		return "absent"
	}
	return encode(n)
}

// encode spells what policies see of a node.
func encode(n *document.Node) string {
	text, err := json.Marshal(visible(n))
	if err != nil {
		return err.Error()
	}
	return string(text)
}

func visible(n *document.Node) any {
	if n == nil {
		return nil
	}
	switch n.Kind {
	case document.Bool:
		return n.Text == "true"
	case document.Number:
		return json.Number(n.Text)
	case document.String, document.Unknown:
		return n.Text
	case document.Sequence:
		list := []any{}
		for _, item := range n.Items {
			list = append(list, visible(item))
		}
		return list
	case document.Mapping:
		object := map[string]any{}
		for _, m := range n.Members {
			if !m.Hidden {
				object[m.Key] = visible(m.Value)
			}
		}
		return object
	}
	return nil
}

// TestLeavesSpell proves that the range of a literal spells it.
func TestLeavesSpell(t *testing.T) {
	archive := txtar.Parse([]byte(`-- main.tf --
resource "aws_db_instance" "main" {
  identifier = "größe"
  multi_az   = true
  retention  = 35
  share      = 0.5
  negative   = -1
  absent     = null
  open       = aws_kms_key.k.arn
  script     = <<-EOT
    a
    b
  EOT
  list       = ["a", 2, [false]]
  tags = { Name = "x", "quoted key" = "y" }
  block {
    inner = "z"
  }
}
-- more.tf.json --
{"resource": {"aws_s3_bucket": {"b": {"bucket": "name\twith escape", "force_destroy": false, "tags": {"a": "b"}, "n": 3}}}}
`))
	r := assembleArchive(t, archive.Files)
	for _, d := range r.documents {
		config := d.Root.Get("config")
		parsetest.LeavesSpell(t, d.File, config, func(leaf *document.Node, raw string) string {
			switch {
			case leaf.Kind != document.String:
				return raw
			case strings.HasPrefix(raw, "<<"):
				return "a\nb\n"
			}
			text, err := strconv.Unquote(raw)
			if err != nil {
				return raw
			}
			return text
		})
	}
	if len(r.documents) != 2 || len(r.notices) != 0 {
		t.Errorf("documents %d, notices %v", len(r.documents), r.notices)
	}
}

// TestComments proves what a directive in a comment governs.
func TestComments(t *testing.T) {
	f := source.NewFile("main.tf", []byte(`# opslint:ignore-file x: head
resource "a_b" "c" {
  one = 1 # opslint:ignore x: rest of the line
  # opslint:ignore x: argument
  # and a second line
  two = {
    k = 2
  }
  /* opslint:ignore x: block */
  block {
    three = 3
  }
  list = [
    // opslint:ignore x: item
    "a",
  ]
  # opslint:ignore x: nothing
}
# an ordinary comment
`))
	artifact, notices := Parse(f)
	if len(notices) > 0 {
		t.Fatal(notices)
	}
	var got []string
	for _, c := range artifact.Comments {
		got = append(got, fmt.Sprintf("%v %q %q", c.Head, c.Text, f.Text(c.Scope)))
	}
	want := []string{
		`true "opslint:ignore-file x: head" ` + strconv.Quote(strings.TrimSuffix(string(f.Content[30:]), "\n# an ordinary comment\n")),
		`false "opslint:ignore x: rest of the line" "  one = 1 "`,
		`false "opslint:ignore x: argument" "two = {\n    k = 2\n  }"`,
		`false "opslint:ignore x: block" "block {\n    three = 3\n  }"`,
		`false "opslint:ignore x: item" "\"a\","`,
		`false "opslint:ignore x: nothing" ""`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("comments (-want +got):\n%s", diff)
	}
}

func TestWants(t *testing.T) {
	for name, want := range map[string]bool{
		"main.tf": true, "a/b/main.tf.json": true, "x.tofu": true, "x.tofu.json": true, "live/terragrunt.hcl": true,
		".hidden.tf": false, "main.tf~": false, "#main.tf#": false, ".tf": false, "x.tfvars": false, "x.tftest.hcl": false,
		"a/.terraform/modules/x/main.tf": false, "node_modules/x/main.tf": false, "main.tfx": false, ".terragrunt-cache/x/terragrunt.hcl": false, "root.hcl": false,
	} {
		if got := Wants(name); got != want {
			t.Errorf("Wants(%q) = %v", name, got)
		}
	}
}

func TestRecognise(t *testing.T) {
	for _, c := range []struct {
		name, content string
		want          bool
	}{
		{"a.tf", "", true},
		{"a.tf", "resource \"half", true},
		{"a.tf", "\x00\x01binary", false},
		{"a.tf.json", " \n{\"a\"", true},
		{"a.tf.json", "\ufeff{}", true},
		{"a.tf.json", "[]", false},
		{"a.tf.json", "", false},
	} {
		if got := Recognise(source.NewFile(c.name, []byte(c.content))); got != c.want {
			t.Errorf("Recognise(%s, %q) = %v", c.name, c.content, got)
		}
	}
}
