package unstructuredlog

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"
)

// A silent recorder: only the diagnostics count.
type silent struct{}

func (silent) Errorf(string, ...any) {}

func TestExample(t *testing.T) {
	if len(Rule.Example.Files) < 2 {
		t.Fatal("the example has no bad and good files")
	}
	dir := t.TempDir()
	for _, file := range Rule.Example.Files {
		path := filepath.Join(dir, "src", filepath.FromSlash(file.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(file.Content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, kind := range []string{"bad", "good"} {
		for _, result := range analysistest.Run(silent{}, dir, Analyzer, kind) {
			if found := len(result.Diagnostics) > 0; found != (kind == "bad") {
				t.Errorf("%s example: %d findings", kind, len(result.Diagnostics))
			}
		}
	}
}
