package policies

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
	"go.yaml.in/yaml/v3"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
)

// testPolicies reads the small rules that the tests of the engine use, and
// further files given as a txtar archive.
func testPolicies(t testing.TB, archive string) *collection {
	t.Helper()
	c, err := readBuiltin(os.DirFS("testdata/policies"))
	if err != nil {
		t.Fatal(err)
	}
	more := fstest.MapFS{}
	for _, file := range txtar.Parse([]byte(archive)).Files {
		more[file.Name] = &fstest.MapFile{Data: file.Data}
	}
	added, err := readBuiltin(more)
	if err != nil {
		t.Fatal(err)
	}
	c.policies = append(c.policies, added.policies...)
	c.sort()
	return c
}

// rule returns the archive entry of a rule for Deployments with a given body.
func ruleText(stem, body string) string {
	return fmt.Sprintf(`-- kubernetes/%[1]s.rego --
# METADATA
# title: T
# description: D
# custom:
#   id: kubernetes/%[2]s
#   severity: warning
#   clauses: [OPS-9.2]
#   kinds: [Deployment]
#   remedy: R
package opslint.rules.kubernetes.%[1]s

%[3]s
`, stem, strings.ReplaceAll(stem, "_", "-"), body)
}

// parse reads one YAML document; enough of it for manifests.
func parse(t testing.TB, kind, name, text string) *document.Document {
	t.Helper()
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(text), &root); err != nil {
		t.Fatal(err)
	}
	file := source.NewFile(name+".yaml", []byte(text))
	return &document.Document{File: file, Family: "kubernetes", Kind: kind, Name: kind + "/" + name, Root: node(file, root.Content[0])}
}

func node(f *source.File, n *yaml.Node) *document.Node {
	start := f.Offset(source.Position{Line: n.Line, Column: n.Column})
	d := &document.Node{Text: n.Value, Range: source.Range{Start: start, End: start + len(n.Value)}}
	switch n.Kind {
	case yaml.MappingNode:
		d.Kind, d.Text = document.Mapping, ""
		for i := 0; i < len(n.Content); i += 2 {
			key := node(f, n.Content[i])
			d.Members = append(d.Members, document.Member{Key: key.Text, KeyRange: key.Range, Value: node(f, n.Content[i+1])})
			d.Range.End = d.Members[len(d.Members)-1].Value.Range.End
		}
	case yaml.SequenceNode:
		d.Kind, d.Text = document.Sequence, ""
		for _, item := range n.Content {
			d.Items = append(d.Items, node(f, item))
			d.Range.End = d.Items[len(d.Items)-1].Range.End
		}
	default:
		d.Kind = map[string]document.Kind{
			"!!str": document.String, "!!int": document.Number, "!!float": document.Number, "!!bool": document.Bool,
		}[n.Tag]
		if n.Style == yaml.DoubleQuotedStyle || n.Style == yaml.SingleQuotedStyle {
			d.Range.End += 2
		}
		if strings.HasPrefix(n.Value, "${") {
			d.Kind = document.Unknown
		}
	}
	return d
}

// one is a group of a single document.
func one(d *document.Document) *document.Group {
	return &document.Group{Documents: []*document.Document{d}}
}

// render writes a result as lines to compare.
func render(r Result) []string {
	var lines []string
	for i := range r.Findings {
		f := &r.Findings[i]
		start, end := f.Location.Start(), f.Location.End()
		lines = append(lines, fmt.Sprintf("%s:%d:%d-%d:%d %s %s %s", f.Location.File.Path, start.Line, start.Column, end.Line, end.Column, f.Severity, f.Rule, f.Message))
		for _, other := range f.Related {
			at := other.Location.Start()
			lines = append(lines, fmt.Sprintf("  see %s:%d:%d %s", other.Location.File.Path, at.Line, at.Column, other.Message))
		}
	}
	for i := range r.Verdicts {
		v := &r.Verdicts[i]
		at := v.Location.Start()
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s:%d:%d %s %s", v.Outcome, v.Location.File.Path, at.Line, at.Column, v.Rule, v.Reason)))
	}
	for _, n := range r.Notices {
		state := "notice"
		if n.Incomplete {
			state = "incomplete"
		}
		lines = append(lines, state+" "+n.Message)
	}
	return lines
}

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
spec:
  template:
    spec:
      terminationGracePeriodSeconds: 10
      containers:
        - name: api
          image: example.com/orders:1.4.2
        - name: web
          image: example.com/web:1.0.0
          readinessProbe:
            httpGet:
              path: /ready
`
