package policies

import (
	"fmt"
	"os"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
)

// testPolicies reads the small rules that the tests of the engine use.
func testPolicies(t testing.TB) *collection {
	t.Helper()
	c, err := readBuiltin(os.DirFS("testdata/policies"))
	if err != nil {
		t.Fatal(err)
	}
	return c
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
		d.Kind = document.Mapping
		for i := 0; i < len(n.Content); i += 2 {
			key := node(f, n.Content[i])
			d.Members = append(d.Members, document.Member{Key: key.Text, KeyRange: key.Range, Value: node(f, n.Content[i+1])})
		}
		if len(d.Members) > 0 {
			d.Range.End = d.Members[len(d.Members)-1].Value.Range.End
		}
	case yaml.SequenceNode:
		d.Kind = document.Sequence
		for _, item := range n.Content {
			d.Items = append(d.Items, node(f, item))
			d.Range.End = d.Items[len(d.Items)-1].Range.End
		}
	default:
		d.Kind = map[string]document.Kind{"!!int": document.Number, "!!float": document.Number, "!!bool": document.Bool, "!!null": document.Null}[n.Tag]
		if n.Tag == "!!str" {
			d.Kind = document.String
		}
		switch n.Style {
		case yaml.DoubleQuotedStyle, yaml.SingleQuotedStyle:
			d.Range.End += 2
		case yaml.LiteralStyle:
			end := start
			for end < len(f.Content) && (end == start || f.Content[end-1] != '\n' || f.Content[end] == ' ' || f.Content[end] == '\n') {
				end++
			}
			d.Range.End = end
		}
	}
	return d
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

func TestEval(t *testing.T) {
	e := newEvaluator(testPolicies(t), Options{})
	d := parse(t, "Deployment", "orders", deployment)
	result := e.Eval(t.Context(), &document.Group{Documents: []*document.Document{d}}, 0)
	for _, f := range result.Findings {
		fmt.Println(f.Location.Start(), f.Severity, f.Rule, f.Message, f.Key, f.Subject)
	}
	for _, v := range result.Verdicts {
		fmt.Println(v.Location.Start(), v.Rule, v.Outcome, v.Subject)
	}
	for _, n := range result.Notices {
		fmt.Println(n.Message)
	}
}
