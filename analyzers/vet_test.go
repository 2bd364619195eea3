package analyzers_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/opslint/opslint/analyzers"
)

// The test binary is the vet tool if this variable names the file in which it
// notes each package that the go command hands to it.
const vetLog = "OPSLINT_TEST_VET_LOG"

// With this variable it is one with all rules switched on.
const vetAll = "OPSLINT_TEST_VET_ALL"

func TestMain(m *testing.M) {
	if log := os.Getenv(vetLog); log != "" && analyzers.IsVet(os.Args[1:]) {
		if last := os.Args[len(os.Args)-1]; strings.HasSuffix(last, ".cfg") {
			note(log, last)
		}
		analyzers.Vet("test", vetConfig)
	}
	if os.Getenv(vetAll) != "" && analyzers.IsVet(os.Args[1:]) {
		analyzers.Vet("test", func(string) (func(string) bool, func(string) map[string]any, error) {
			return func(string) bool { return true }, func(string) map[string]any { return nil }, nil
		})
	}
	os.Exit(m.Run())
}

func note(log, unit string) {
	file, err := os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o666)
	if err != nil {
		panic(err)
	}
	fmt.Fprintln(file, unit)
	if err := file.Close(); err != nil {
		panic(err)
	}
}

// vetConfig switches on the rule about SIGTERM unless the nearest .opslint.yaml
// is there.
func vetConfig(dir string) (func(string) bool, func(string) map[string]any, error) {
	enabled := true
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, ".opslint.yaml")); err == nil {
			enabled = false
		}
	}
	return func(id string) bool { return id == sigterm && enabled }, func(string) map[string]any { return nil }, nil
}

// A vetter runs go vet in a copy of testdata/shop.
type vetter struct {
	t        *testing.T
	dir, log string
}

func newVetter(t *testing.T) *vetter {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, os.DirFS("testdata/shop")); err != nil {
		t.Fatal(err)
	}
	return &vetter{t: t, dir: dir, log: filepath.Join(t.TempDir(), "log")}
}

// run returns what go vet printed and how many packages of the module the tool
// was run for.
func (v *vetter) run(args ...string) (stdout, stderr string, runs int) {
	v.t.Helper()
	tool, err := os.Executable()
	if err != nil {
		v.t.Fatal(err)
	}
	before := v.runs()
	cmd := exec.Command("go", append(append([]string{"vet", "-vettool=" + tool}, args...), "./...")...)
	cmd.Dir = v.dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-buildvcs=false", "GOWORK=off", vetLog+"="+v.log)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		if _, ok := err.(*exec.ExitError); !ok {
			v.t.Fatal(err)
		}
	}
	return out.String(), errs.String(), v.runs() - before
}

func (v *vetter) runs() int {
	data, err := os.ReadFile(v.log)
	if err != nil && !os.IsNotExist(err) {
		v.t.Fatal(err)
	}
	return bytes.Count(data, []byte("\n"))
}

// lines returns the findings of an output, sorted; related places are indented.
func lines(output string) []string {
	var all []string
	for line := range strings.Lines(output) {
		if line = strings.TrimRight(line, "\n"); strings.Contains(line, ": "+sigterm) {
			all = append(all, line)
		}
	}
	slices.Sort(all)
	return all
}

// asVet writes the findings of the own driver as go vet does.
func asVet(r *analyzers.Result) []string {
	var all []string
	for i := range r.Findings {
		f := &r.Findings[i]
		line := f.Location.File.Line(f.Location.Range.Start)
		column := f.Location.Range.Start - f.Location.File.LineRange(line).Start + 1
		all = append(all, fmt.Sprintf("%s:%d:%d: %s: %s", f.Location.File.Path, line, column, f.Rule, f.Message))
	}
	slices.Sort(all)
	return all
}

// Both doors yield the same; what a directive suppresses is left out here.
func TestVetAgreesWithCheck(t *testing.T) {
	v := newVetter(t)
	r := check(t, v.dir, nil)
	want := slices.DeleteFunc(asVet(r), func(line string) bool { return strings.HasPrefix(line, "cmd/legacy/") })
	_, stderr, _ := v.run()
	if diff := cmp.Diff(want, lines(stderr)); diff != "" {
		t.Errorf("check and vet differ (-check +vet):\n%s\n%s", diff, stderr)
	}
	if len(want) != len(shop) {
		t.Errorf("findings: %v", want)
	}
}

// The go command repeats what it knows without running the tool, until the
// configuration changes.
func TestVetCache(t *testing.T) {
	v := newVetter(t)
	_, first, runs := v.run()
	if runs == 0 || len(lines(first)) == 0 {
		t.Fatalf("%d runs, output %s", runs, first)
	}
	_, second, runs := v.run()
	if runs != 0 {
		t.Errorf("the second time, the tool ran %d times", runs)
	}
	if diff := cmp.Diff(lines(first), lines(second)); diff != "" {
		t.Errorf("the second time, the output differs:\n%s", diff)
	}
	if err := os.WriteFile(filepath.Join(v.dir, ".opslint.yaml"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	_, third, runs := v.run()
	if runs == 0 {
		t.Error("a change of the configuration went unnoticed")
	}
	if len(lines(third)) != 0 {
		t.Errorf("a rule that is switched off reports: %s", third)
	}
}

func TestVetFlags(t *testing.T) {
	v := newVetter(t)
	stdout, _, _ := v.run("-json")
	decoder := json.NewDecoder(strings.NewReader(stdout))
	var messages []string
	for decoder.More() {
		var tree map[string]map[string][]struct{ Category, Posn, End, Message string }
		if err := decoder.Decode(&tree); err != nil {
			t.Fatal(err)
		}
		for _, byAnalyzer := range tree {
			for _, d := range byAnalyzer["unhandledsigterm"] {
				if d.Category != sigterm || !strings.HasPrefix(d.Message, sigterm+": ") {
					t.Errorf("%+v", d)
				}
				messages = append(messages, d.Message)
			}
		}
	}
	if len(messages) != len(shop) {
		t.Errorf("JSON: %q", messages)
	}
	if _, stderr, _ := v.run("-unhandledsigterm=false"); len(lines(stderr)) != 0 {
		t.Errorf("switched off: %s", stderr)
	}
	if _, stderr, _ := v.run("-unhandledsigterm.signals=SIGTERM,SIGINT"); !strings.Contains(stderr, "SIGINT is not trapped while srv.ListenAndServe serves") {
		t.Errorf("parameter by flag: %s", stderr)
	}
	if _, stderr, _ := v.run("-nonsense"); !strings.Contains(stderr, "nonsense") {
		t.Errorf("unknown flag: %s", stderr)
	}
}

// Fixes are those that a rule offers: the log of cmd/edge becomes JSON.
func TestVetFix(t *testing.T) {
	v := newVetter(t)
	stdout, stderr, _ := v.run("-unstructuredlog", "-fix", "-diff")
	if !strings.Contains(stdout, "\n-\tslog.SetDefault(slog.New(slog.NewTextHandler(os.Stdout, nil)))\n+\tslog.SetDefault(slog.New(slog.NewJSONHandler(os.Stdout, nil)))\n") {
		t.Errorf("diff: %s%s", stdout, stderr)
	}
	name := filepath.Join(v.dir, "cmd", "edge", "main.go")
	before, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(before, []byte("NewTextHandler")) {
		t.Fatal("the diff changed the file")
	}
	_, stderr, _ = v.run("-unstructuredlog", "-fix")
	after, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.ReplaceAll(string(before), "NewTextHandler", "NewJSONHandler"); string(after) != want {
		t.Errorf("fixed file (-want +got):\n%s%s", cmp.Diff(want, string(after)), stderr)
	}
}

func TestIsVet(t *testing.T) {
	for _, test := range []struct {
		args []string
		want bool
	}{
		{[]string{"-V=full"}, true},
		{[]string{"-flags"}, true},
		{[]string{"-json", "-unhandledsigterm=true", "/tmp/b001/vet.cfg"}, true},
		{[]string{"/tmp/b001/vet.cfg"}, true},
		{[]string{"check", "settings.cfg"}, false},
		{[]string{"version"}, false},
		{nil, false},
	} {
		if got := analyzers.IsVet(test.args); got != test.want {
			t.Errorf("IsVet(%q) = %t", test.args, got)
		}
	}
}
