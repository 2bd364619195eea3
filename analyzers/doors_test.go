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
	downloadLibraries(t)
	samples := exampleModules(t)
	samples["libraries"] = librariesDir
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
			if len(own) == 0 && name != "exemplary" && !strings.HasSuffix(name, "good") {
				t.Error("no findings")
			}
		})
	}
}

// exampleModules makes one module of the examples of all rules, and one of each
// side of an example that brings its libraries along; it returns their
// directories by name.
func exampleModules(t *testing.T) map[string]string {
	t.Helper()
	joint := t.TempDir()
	modules := map[string]string{"examples": joint}
	writeExample(t, filepath.Join(joint, "go.mod"), []byte("module example.com/shop/orders\n\ngo 1.25.0\n"))
	for _, a := range analyzers.All {
		archive, err := txtar.ParseFile(filepath.Join(a.Name, "example.txtar"))
		if err != nil {
			t.Fatal(err)
		}
		for _, side := range []string{"bad/", "good/"} {
			// Packages of an example know each other by their module.
			module, own := "example.com/shop/orders/", ""
			for _, f := range archive.Files {
				if f.Name != side+"go.mod" {
					continue
				}
				module = modfile.ModulePath(f.Data) + "/"
				if bytes.Contains(f.Data, []byte("replace")) {
					own = t.TempDir()
					modules[a.Name+" "+side[:len(side)-1]] = own
				}
			}
			for _, f := range archive.Files {
				name, ok := strings.CutPrefix(f.Name, side)
				switch {
				case !ok:
				case own != "":
					writeExample(t, filepath.Join(own, name), f.Data)
				case strings.HasSuffix(name, ".go"):
					inside := `"example.com/shop/orders/` + a.Name + "/" + side
					writeExample(t, filepath.Join(joint, a.Name, f.Name), bytes.ReplaceAll(f.Data, []byte(`"`+module), []byte(inside)))
				}
			}
		}
	}
	return modules
}

func writeExample(t *testing.T, name string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, content, 0o666); err != nil {
		t.Fatal(err)
	}
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
