package policies

import (
	"os"
	"path/filepath"
	"testing"
)

// TestRego runs the unit tests that stand beside the embedded policies.
func TestRego(t *testing.T) {
	all, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("*/*_test.rego")
	if err != nil {
		t.Fatal(err)
	}
	var modules []*module
	for _, p := range all.policies {
		modules = append(modules, p.module)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, pkg := findBlock(file, string(text))
		modules = append(modules, &module{file: file, pkg: pkg, text: string(text)})
	}
	report, err := runTests(t.Context(), all, modules)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range report.Cases {
		t.Run(c.File+"/"+c.Name, func(t *testing.T) {
			if !c.Passed {
				t.Errorf("%s:%d: %s\n%s", c.File, c.Line, c.Name, c.Detail)
			}
		})
	}
}
