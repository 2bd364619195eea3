package yamltree

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/opslint/opslint/internal/source"
	"github.com/opslint/opslint/parsers/internal/parsetest"
)

func FuzzParse(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.yaml")
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	for _, text := range []string{
		"", "[a: b, : c, ? d]", "? - a\n: - b", "&a [*a]", "a: &x !!str\nb: *x", "- !t &a\n- *a\n-", "{\"a\":[1,{}],\"a\":null}", "a: >1+\n  b\n\n", "# opslint:ignore x\n'a #': |\n # opslint: b\n",
		"<<: {a: 1}\na: 2", "%YAML 1.1\n--- |\nx\n...\n", "a: 'b\n\n  c' # opslint:x", "[[[\"", "\"\\u12", "{\"a\"", "\ufeff\r\n\u2028- ü:\u0085  x",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		file := source.NewFile("fuzz.yaml", content)
		roots, problems := all(file)
		for _, root := range roots {
			if err := parsetest.RangesInside(file, root); err != nil {
				t.Error(err)
			}
		}
		inside := func(r source.Range) bool { return 0 <= r.Start && r.Start <= r.End && r.End <= len(content) }
		for _, p := range problems {
			if !inside(p.Range) || p.Message == "" {
				t.Errorf("problem %v", p)
			}
		}
		for _, c := range Comments(file, roots, nil) {
			if !inside(c.Range) || !inside(c.Scope) {
				t.Errorf("comment %+v", c)
			}
		}
		chunks, _ := Split(file)
		for i := range chunks {
			chunks[i].ParseHead(kubernetes, "a", "kind")
		}
	})
}
