package yamltree

import (
	"os"
	"strings"
	"testing"

	"github.com/opslint/opslint/internal/source"
)

// BenchmarkParse reads a Deployment of ordinary size.
func BenchmarkParse(b *testing.B) {
	content, err := os.ReadFile("testdata/deployment.yaml")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		if roots, problems := all(source.NewFile("deployment.yaml", content)); len(roots) != 1 || len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}

// BenchmarkParseMultiByte is the same with comments in another script.
func BenchmarkParseMultiByte(b *testing.B) {
	content, err := os.ReadFile("testdata/deployment.yaml")
	if err != nil {
		b.Fatal(err)
	}
	text := []byte(strings.ReplaceAll(string(content), "orders", "注文"))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		all(source.NewFile("deployment.yaml", text))
	}
}
