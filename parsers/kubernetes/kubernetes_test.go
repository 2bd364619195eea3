package kubernetes

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
	"github.com/opslint/opslint/parsers/internal/parsetest"
)

var update = flag.Bool("update", false, "rewrite the wanted output in testdata")

// TestWorkspaces reads the workspaces in testdata. Their last file says what the
// groups are, what was noticed, and what the joins hold.
func TestWorkspaces(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no testdata", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			last := len(archive.Files) - 1
			if last < 0 || archive.Files[last].Name != "want" {
				t.Fatal("the last file is not called want")
			}
			got := render(assembled(t, archive.Files[:last]))
			if *update {
				archive.Files[last].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(archive.Files[last].Data), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// assembled reads files as the engine does.
func assembled(t *testing.T, files []txtar.File) ([]document.Group, []finding.Notice) {
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
	tree, err := source.OpenTree(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tree.Close() })
	slices.SortFunc(files, func(a, b txtar.File) int { return strings.Compare(a.Name, b.Name) })
	var artifacts []*document.Artifact
	var notices []finding.Notice
	for _, f := range files {
		file := source.NewFile(f.Name, f.Data)
		if !Wants(f.Name) || !Recognise(file) {
			continue
		}
		artifact, found := Parse(file)
		notices = append(notices, found...)
		if artifact != nil {
			artifacts = append(artifacts, artifact)
		}
	}
	groups, found := Assemble(t.Context(), tree, ".", artifacts)
	notices = append(notices, found...)
	slices.SortFunc(notices, func(a, b finding.Notice) int { return a.Compare(&b) })
	return groups, notices
}

// render writes groups down, one fact a line.
func render(groups []document.Group, notices []finding.Notice) string {
	var b strings.Builder
	for _, n := range notices {
		at := n.Location.Start()
		kind := "remark"
		if n.Incomplete {
			kind = "incomplete"
		}
		fmt.Fprintf(&b, "%s %s:%d:%d %s\n", kind, n.Location.File.Path, at.Line, at.Column, n.Message)
	}
	for i, g := range groups {
		fmt.Fprintf(&b, "group %d\n", i+1)
		for _, d := range g.Documents {
			fmt.Fprintf(&b, "  %s in %s", d.Name, d.File.Path)
			if environment, ok := g.Data["environment"].(map[string]any)[d.Name]; ok {
				fmt.Fprintf(&b, " (%s)", environment)
			}
			b.WriteByte('\n')
		}
		joins := g.Data["joins"].(map[string]any)
		for _, join := range slices.Sorted(maps.Keys(joins)) {
			renderJoin(&b, join, joins[join])
		}
	}
	return b.String()
}

func renderJoin(b *strings.Builder, join string, value any) {
	if join == "kinds" {
		return
	}
	switch v := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			fmt.Fprintf(b, "  %s %s: %s\n", join, key, plain(v[key]))
		}
	case []any:
		if len(v) > 0 {
			fmt.Fprintf(b, "  %s: %s\n", join, plain(v))
		}
	}
}

// plain is value as JSON in which an object is its name.
func plain(value any) string {
	var named func(any) any
	named = func(value any) any {
		switch v := value.(type) {
		case *document.Node:
			return nameOf(v)
		case map[string]any:
			result := make(map[string]any)
			for k, item := range v {
				if services, ok := item.([]any); ok && k == "services" {
					item = len(services) // they are shown once, below services_of
				}
				result[k] = named(item)
			}
			return result
		case []any:
			result := []any{}
			for _, item := range v {
				result = append(result, named(item))
			}
			return result
		}
		return value
	}
	out, err := json.Marshal(named(value))
	if err != nil {
		return err.Error()
	}
	return string(out)
}

func TestRecognise(t *testing.T) {
	tests := []struct {
		name, text string
		want       bool
	}{
		{"manifest", "apiVersion: v1\nkind: Pod\n", true},
		{"kind first, comments, quotes", "# a comment\n---\n\"kind\": Pod # a pod\n\"apiVersion\": v1\n", true},
		{"indented", "  apiVersion: v1\n  kind: Pod\n", true},
		{"second document", "a: 1\n---\napiVersion: v1\nkind: Pod\n", true},
		{"in two documents", "apiVersion: v1\n---\nkind: Pod\n", false},
		{"CRLF", "apiVersion: v1\r\nkind: Pod\r\n", true},
		{"CR", "apiVersion: v1\rkind: Pod\r", true},
		{"single quotes", "'apiVersion': v1\n'kind': Pod\n", true},
		{"template", "{{- if .Values.x }}\napiVersion: v1\nkind: Pod\n{{- end }}\n", true},
		{"JSON", `{"kind": "Pod", "apiVersion": "v1"}`, true},
		{"JSON array", `[{"kind": "Pod", "apiVersion": "v1"}]`, true},
		{"JSON stream", "{\"a\": {}}\n{\"kind\": \"Pod\", \"apiVersion\": \"v1\"}", true},
		{"JSON with comment above", "# generated\n{\"kind\": \"Pod\", \"apiVersion\": \"v1\"}", true},
		{"flow YAML", "{apiVersion: v1, kind: Pod}", true},
		{"OpenAPI", `{"openapi": "3.0.0", "components": {"properties": {"apiVersion": {}, "kind": {}}}}`, false},
		{"workflow", "on: push\njobs:\n  a:\n    steps:\n      - run: |\n          apiVersion: v1\n          kind: Pod\n", false},
		{"compose", "services:\n  api:\n    image: x\n", false},
		{"values with a manifest", "extra:\n  - apiVersion: v1\n    kind: Pod\n", false},
		{"chart", "apiVersion: v2\nname: orders\nversion: 1.0.0\n", false},
		{"prose", "the apiVersion and the kind: both are needed", false},
		{"empty", "", false},
		{"binary", "\x00\x01apiVersion: kind:", false},
	}
	for _, test := range tests {
		if got := Recognise(source.NewFile("a.yaml", []byte(test.text))); got != test.want {
			t.Errorf("%s: got %t", test.name, got)
		}
	}
	if !Recognise(source.NewFile("base/kustomization.yaml", []byte("resources: [a.yaml]"))) {
		t.Error("a kustomization needs no kind")
	}
}

func TestListItemsAreDocumentsWithTheirOwnPlaces(t *testing.T) {
	for _, f := range []*source.File{
		source.NewFile("list.yaml", []byte("apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata: {name: a}\n- apiVersion: v1\n  kind: ServiceList\n  items:\n  - {apiVersion: v1, kind: Service, metadata: {name: b, namespace: shop}}\n")),
		source.NewFile("list.json", []byte("[\n{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {\"name\": \"a\"}},\n\n{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [\n\n\n\n\n\n{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {\"name\": \"b\", \"namespace\": \"shop\"}}]}]")),
	} {
		artifact, notices := Parse(f)
		if len(notices) > 0 {
			t.Errorf("%s: %v", f.Path, notices)
		}
		var got []string
		for _, d := range artifact.Documents {
			got = append(got, fmt.Sprint(d.Name, " ", d.At(document.Path{"metadata", "name"}).Start().Line))
			parsetest.RangesNest(t, f, d.Root)
		}
		want := map[string]string{"list.yaml": "Service/a 6, Service/shop/b 10", "list.json": "Service/a 2, Service/shop/b 10"}[f.Path]
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: got %q, want %q", f.Path, got, want)
		}
	}
}

func TestNames(t *testing.T) {
	for text, want := range map[string]string{
		"apiVersion: v1\nkind: Event\nmetadata: {generateName: migrate-}":         "Event/migrate-",
		"apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: ''}":       "Service/a",
		"apiVersion: v1\nkind: Service\nmetadata: {name: '${A}', namespace: $NS}": "Service/$NS/${A}",
		"apiVersion: v1\nkind: Service\nmetadata:":                                "Service/unnamed",
	} {
		artifact, _ := Parse(source.NewFile("a.yaml", []byte(text)))
		if artifact == nil || len(artifact.Documents) != 1 || artifact.Documents[0].Name != want {
			t.Errorf("%s: got %+v, want %s", text, artifact, want)
		}
	}
}

// TestLargeBodiesAreNotRead: only the identity of a definition is of use.
func TestLargeBodiesAreNotRead(t *testing.T) {
	definition := "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: a\nspec:\n  x: {broken\n"
	config := "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  # opslint:ignore x: text\n  a: |\n" + strings.Repeat("    text of no interest\n", 20_000)
	for _, text := range []string{definition, config} {
		artifact, notices := Parse(source.NewFile("a.yaml", []byte(text)))
		if len(notices) > 0 || len(artifact.Documents) != 1 || len(artifact.Comments) > 0 {
			t.Errorf("%.40q: got %+v, %v", text, artifact, notices)
			continue
		}
		root := artifact.Documents[0].Root
		if root.Get("spec") != nil || root.Get("data") != nil {
			t.Errorf("%.40q: the body was read", text)
		}
	}
}

// TestBadInput: a clear line each, and what stands beside it is still read.
func TestBadInput(t *testing.T) {
	const head = "apiVersion: v1\nkind: Service\nmetadata:\n  name: bad\n"
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := range 9 {
		bomb += fmt.Sprintf("a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 10), ", "))
	}
	tests := []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"tab", head + "spec:\n\tports: []\n", "6:1 a tab cannot indent YAML: use spaces"},
		{"UTF-8", head + "  labels: {a: \xff}\n", "5:15 not UTF-8 text: save the file as UTF-8"},
		{"binary", head + "\x00\x01\x02", "5:1 YAML does not allow the character U+0000: write it as an escape in double quotes"},
		{"key twice", head + "metadata:\n  name: second\n", `5:1 key "metadata" is there twice, first on line 3; the last one counts`},
		{"alias bomb", head + bomb, "9:45 aliases stand for more than 100000 nodes"},
		{"circle", head + "spec: &a\n  b: *a\n", "6:6 alias *a stands inside what it refers to"},
		{"nesting", head + "spec: " + strings.Repeat("[", 10_000), "5:7 nested more than 1000 levels deep"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := source.NewFile("a.yaml", []byte(test.text+"\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: good\n"))
			artifact, notices := Parse(f)
			var got []string
			for _, n := range notices {
				at := n.Location.Start()
				got = append(got, fmt.Sprintf("%d:%d %s", at.Line, at.Column, n.Message))
			}
			if strings.Join(got, "\n") != test.want {
				t.Errorf("got  %s\nwant %s", strings.Join(got, "\n"), test.want)
			}
			if n := len(artifact.Documents); n == 0 || artifact.Documents[n-1].Name != "Service/good" {
				t.Errorf("the document beside it is lost: %v", artifact.Documents)
			}
		})
	}
}

// TestDirectivesOfLostDocumentsGovernNothing: else they would fall to the next.
func TestDirectivesOfLostDocumentsGovernNothing(t *testing.T) {
	f := source.NewFile("a.yaml", []byte("apiVersion: v1\nkind: Service\nspec: {\n# opslint:ignore a: lost\n---\n# opslint:ignore b: kept\napiVersion: v1\nkind: Service\n"))
	artifact, _ := Parse(f)
	if len(artifact.Comments) != 1 || !strings.Contains(artifact.Comments[0].Text, "kept") {
		t.Errorf("got %+v", artifact.Comments)
	}
}

func FuzzParse(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			f.Add(file.Data)
		}
	}
	tree, err := source.OpenTree(f.TempDir(), nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		var artifacts []*document.Artifact
		for _, name := range []string{"a/kustomization.yaml", "a/x.yaml", "b/x.json"} {
			file := source.NewFile(name, content)
			if !Recognise(file) {
				continue
			}
			if artifact, _ := Parse(file); artifact != nil {
				artifacts = append(artifacts, artifact)
			}
		}
		groups, _ := Assemble(t.Context(), tree, ".", artifacts)
		for _, g := range groups {
			for _, d := range g.Documents {
				if err := parsetest.RangesInside(d.File, d.Root); err != nil {
					t.Error(err)
				}
			}
		}
	})
}
