package analyzers_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/modfile"
	"golang.org/x/tools/txtar"

	"github.com/opslint/opslint/analyzers"
)

// Both doors, the own driver and the go command, yield the same findings of all
// rules: on the examples of the rules, on the idioms of the libraries and on the
// sample projects.
func TestDoorsAgree(t *testing.T) {
	samples := map[string]string{"examples": exampleModule(t), "libraries": librariesDir}
	for _, name := range []string{"legacy", "exemplary"} {
		samples[name] = filepath.Join("..", "testdata", "projects", name)
	}
	for name, dir := range samples {
		t.Run(name, func(t *testing.T) {
			r := check(t, dir, func(o *analyzers.Options) { o.Enabled = func(string) bool { return true } })
			for _, n := range r.Notices {
				t.Errorf("%s: %s", place(n.Location), n.Message)
			}
			own := slices.Compact(asVet(r))
			if diff := cmp.Diff(own, vetLines(t, dir)); diff != "" {
				t.Errorf("check and vet differ (-check +vet):\n%s", diff)
			}
			if len(own) == 0 && name != "exemplary" {
				t.Error("no findings")
			}
		})
	}
}

// exampleModule makes one module of the examples of all rules.
func exampleModule(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name string, content []byte) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", []byte("module example.com/shop/orders\n\ngo 1.25.0\n"))
	for _, a := range analyzers.All {
		archive, err := txtar.ParseFile(filepath.Join(a.Name, "example.txtar"))
		if err != nil {
			t.Fatal(err)
		}
		for _, side := range []string{"bad/", "good/"} {
			// Packages of an example know each other by their module.
			module := "example.com/shop/orders/"
			for _, f := range archive.Files {
				if f.Name == side+"go.mod" {
					module = modfile.ModulePath(f.Data) + "/"
				}
			}
			for _, f := range archive.Files {
				if strings.HasPrefix(f.Name, side) && strings.HasSuffix(f.Name, ".go") {
					inside := `"example.com/shop/orders/` + a.Name + "/" + side
					write(a.Name+"/"+f.Name, bytes.ReplaceAll(f.Data, []byte(`"`+module), []byte(inside)))
				}
			}
		}
	}
	return dir
}

var vetLine = regexp.MustCompile(`^\S.*: go/[a-z-]+: `)

// vetLines returns what go vet prints with all rules switched on, sorted.
func vetLines(t *testing.T, dir string) []string {
	t.Helper()
	tool, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "go", "vet", "-vettool="+tool, "./...")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-buildvcs=false", "GOWORK=off", vetAll+"=1")
	out, err := cmd.CombinedOutput()
	if _, failed := err.(*exec.ExitError); err != nil && !failed {
		t.Fatal(err)
	}
	var all []string
	for line := range strings.Lines(string(out)) {
		if vetLine.MatchString(line) {
			all = append(all, strings.TrimPrefix(strings.TrimRight(line, "\n"), "./"))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
