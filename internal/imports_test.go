// Package internal_test holds the house to its plan: an arrow runs down.
package internal_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/opslint/opslint/"

// wings import themselves and the words, never each other.
var wings = []string{"parsers", "policies", "analyzers", "report"}

// homes says in which packages a library may be imported. A folder means all
// below it. Tests may import more.
var homes = map[string][]string{
	"github.com/open-policy-agent/opa": {"policies"},
	"golang.org/x/tools":               {"analyzers"},
	"github.com/hashicorp/hcl":         {"parsers/terraform"},
	"github.com/zclconf":               {"parsers/terraform"},
	"github.com/moby/buildkit":         {"parsers/dockerfile"},
	"mvdan.cc/sh":                      {"parsers/dockerfile"},
	"github.com/owenrumney/go-sarif":   {"report"},
	"github.com/spf13":                 {"cmd/opslint"},
	"github.com/go-git":                {"cmd/opslint/internal/engine"},
	"go.yaml.in/yaml":                  {"parsers/internal/yamltree", "policies", "cmd/opslint/internal/config"},
	"sigs.k8s.io/yaml":                 {"parsers/internal/yamltree", "policies"},
	"github.com/santhosh-tekuri":       {},
	"github.com/google/go-cmp":         {},
	"github.com/rogpeppe/go-internal":  {"policies", "analyzers", "cmd/opslint"},
	"github.com/bmatcuk/doublestar":    {"cmd/opslint/internal/config", "parsers"},
	"golang.org/x/term":                {"cmd/opslint"},
}

func TestArrowsRunDown(t *testing.T) {
	root := os.DirFS("..")
	files := 0
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "testdata" || name != "." && strings.HasPrefix(entry.Name(), ".")):
			return fs.SkipDir
		case entry.IsDir() || !strings.HasSuffix(name, ".go"):
			return nil
		}
		files++
		content, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, content, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if complaint := judge(path.Dir(name), imported, strings.HasSuffix(name, "_test.go")); complaint != "" {
				t.Errorf("%s imports %s: %s", name, imported, complaint)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 50 {
		t.Errorf("looked at %d files only", files)
	}
}

// judge says what is wrong with an import, or "".
func judge(importer, imported string, test bool) string {
	if own, ok := strings.CutPrefix(imported, module); ok {
		return judgeOwn(importer, own)
	}
	if test {
		return ""
	}
	for library, home := range homes {
		if within(library, imported) && !slices.ContainsFunc(home, func(dir string) bool { return within(dir, importer) }) {
			return "the library's home is " + strings.Join(home, ", ")
		}
	}
	return ""
}

func judgeOwn(importer, imported string) string {
	from, _, _ := strings.Cut(importer, "/")
	target, _, _ := strings.Cut(imported, "/")
	switch {
	case target == "internal":
		return ""
	case from == "internal":
		return "a word imports only words"
	case from == "cmd" && target == "cmd":
		if within("cmd/opslint/internal", importer) && !within("cmd/opslint/internal", imported) {
			return "the machine does not know its doors"
		}
		return ""
	case from == "cmd":
		return ""
	case slices.Contains(wings, from) && from != target:
		return "a wing imports itself and the words"
	}
	return ""
}

func within(dir, name string) bool { return name == dir || strings.HasPrefix(name, dir+"/") }
