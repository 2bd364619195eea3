package policies

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/opslint/opslint/internal/document"
)

// BenchmarkRules measures reading the METADATA of all embedded rules, which
// every start of opslint does.
func BenchmarkRules(b *testing.B) {
	for b.Loop() {
		if _, err := readBuiltin(builtinFiles); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkStart measures what a run pays before it can judge the first
// Kubernetes object.
func BenchmarkStart(b *testing.B) {
	d := parse(b, "Deployment", "orders", deployment)
	for b.Loop() {
		c, err := readBuiltin(builtinFiles)
		if err != nil {
			b.Fatal(err)
		}
		e := newEvaluator(c, Options{})
		if _, err := e.compiled("kubernetes"); err != nil {
			b.Fatal(err)
		}
		e.Eval(b.Context(), &document.Group{Documents: []*document.Document{d}}, 1)
	}
}

// manifests returns n Deployments that differ in what rules look at.
func manifests(b *testing.B, n int) []*document.Document {
	b.Helper()
	documents := make([]*document.Document, n)
	for i := range documents {
		text := strings.ReplaceAll(deployment, "orders", fmt.Sprintf("orders-%d", i))
		if i%3 == 0 {
			text = strings.ReplaceAll(text, "        - name: web", "        - name: web\n          env: [{name: LEVEL, value: info}]")
		}
		documents[i] = parse(b, "Deployment", fmt.Sprintf("orders-%d", i), text)
	}
	return documents
}

// synthetic is a collection of n rules for Deployments.
func synthetic(b *testing.B, n int) *collection {
	b.Helper()
	text, err := os.ReadFile("testdata/policies/kubernetes/missing_probe.rego")
	if err != nil {
		b.Fatal(err)
	}
	c := testPolicies(b, "")
	for i := range n {
		id, stem := fmt.Sprintf("kubernetes/missing-probe-%d", i), fmt.Sprintf("missing_probe_%d", i)
		m := &module{file: stem + ".rego", pkg: "opslint.rules.kubernetes." + stem}
		m.text = strings.NewReplacer("kubernetes/missing-probe", id, "missing_probe", stem).Replace(string(text))
		block, _ := findBlock(m.file, m.text)
		p, err := newPolicy(block, m)
		if err != nil {
			b.Fatal(err)
		}
		c.policies = append(c.policies, p)
	}
	return c
}

func BenchmarkEval(b *testing.B) {
	documents := manifests(b, 1000)
	group := &document.Group{Documents: documents, Data: map[string]any{"joins": map[string]any{}}}
	for _, bench := range []struct {
		name       string
		collection *collection
	}{
		{"synthetic-16", synthetic(b, 16)},
		{"embedded", must(builtin())},
	} {
		for _, jobs := range []int{1, 2} {
			b.Run(fmt.Sprintf("%s/jobs-%d", bench.name, jobs), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					e := newEvaluator(bench.collection, Options{})
					result := e.Eval(b.Context(), group, jobs)
					if len(result.Notices) > 0 {
						b.Fatal(result.Notices[0].Message)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(len(documents)), "us/doc")
			})
		}
	}
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
