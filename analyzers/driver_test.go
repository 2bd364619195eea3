package analyzers_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/opslint/opslint/analyzers"
	"github.com/opslint/opslint/internal/source"
)

const sigterm = "go/unhandled-sigterm"

// only switches on one rule, so that a new one changes no test.
func only(rule string) func(string) bool { return func(id string) bool { return id == rule } }

// check runs the rule about SIGTERM over a directory.
func check(t *testing.T, dir string, change func(*analyzers.Options)) *analyzers.Result {
	t.Helper()
	tree, err := source.OpenTree(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tree.Close() })
	o := analyzers.Options{Tree: tree, Base: ".", Enabled: only(sigterm)}
	if change != nil {
		change(&o)
	}
	result, err := analyzers.Check(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// findings writes one line per finding: place, message and the text there.
func findings(r *analyzers.Result) []string {
	var lines []string
	for i := range r.Findings {
		f := &r.Findings[i]
		lines = append(lines, fmt.Sprintf("%s %s [%s]", place(f.Location), f.Message, f.Location.File.Text(f.Location.Range)))
	}
	return lines
}

func notices(r *analyzers.Result) []string {
	var lines []string
	for _, n := range r.Notices {
		lines = append(lines, fmt.Sprintf("%s %s", place(n.Location), n.Message))
	}
	return lines
}

func place(l source.Location) string {
	if l.File == nil {
		return "-"
	}
	p := l.Start()
	return fmt.Sprintf("%s:%d:%d", l.File.Path, p.Line, p.Column)
}

// write makes a directory from a txtar archive.
func write(t *testing.T, archive string) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const server = "\nimport \"net/http\"\n\nfunc main() { http.ListenAndServe(\":1\", http.NewServeMux()) }\n"

// shop is what is wrong in testdata/shop, in both doors.
var shop = []string{
	`cmd/edge/main.go:15:15 only SIGINT is trapped while http.ListenAndServe serves [http.ListenAndServe(":8082", http.NewServeMux())]`,
	`internal/server/server.go:9:9 srv.ListenAndServe serves, but nothing traps SIGTERM [srv.ListenAndServe()]`,
}

func TestCheck(t *testing.T) {
	r := check(t, "testdata/shop", nil)
	suppressed := `cmd/legacy/main.go:11:12 http.ListenAndServe serves, but nothing traps SIGTERM [http.ListenAndServe(":8083", http.NewServeMux())]`
	want := slices.Insert(slices.Clone(shop), 1, suppressed)
	if diff := cmp.Diff(want, findings(r)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	var verdicts []string
	for _, v := range r.Verdicts {
		verdicts = append(verdicts, fmt.Sprintf("%s %s %s", v.Subject, v.Outcome, place(v.Location)))
	}
	wantVerdicts := []string{
		"example.com/shop/cmd/edge fail cmd/edge/main.go:15:15",
		"example.com/shop/cmd/legacy fail cmd/legacy/main.go:11:12",
		"example.com/shop/cmd/admin pass internal/server/server.go:9:9",
		"example.com/shop/cmd/api fail internal/server/server.go:9:9",
	}
	if diff := cmp.Diff(wantVerdicts, verdicts); diff != "" {
		t.Errorf("verdicts (-want +got):\n%s", diff)
	}
	inServer := r.Findings[2]
	if inServer.Subject != "example.com/shop/cmd/api" || inServer.Key != "srv.ListenAndServe" {
		t.Errorf("subject %q, key %q", inServer.Subject, inServer.Key)
	}
	if len(inServer.Related) != 1 || place(inServer.Related[0].Location) != "cmd/api/main.go:6:6" {
		t.Errorf("the program is not related: %v", inServer.Related)
	}
	if r.Files != 8 || r.Packages != 8 || len(r.Artifacts) != 1 || len(r.Notices) != 0 {
		t.Errorf("%d files, %d packages, %d artifacts, notices %v", r.Files, r.Packages, len(r.Artifacts), notices(r))
	}
	if inServer.Location.File != r.Verdicts[2].Location.File {
		t.Error("one path has two files")
	}
}

// Neither the number of jobs nor the run shows in the result.
func TestCheckIsDeterministic(t *testing.T) {
	var outputs []string
	for _, jobs := range []int{1, 4, 4} {
		r := check(t, "testdata/shop", func(o *analyzers.Options) { o.Jobs, o.Enabled = jobs, nil })
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		outputs = append(outputs, string(data))
	}
	if outputs[0] != outputs[1] || outputs[1] != outputs[2] {
		t.Error("results differ")
	}
}

func TestCheckDirs(t *testing.T) {
	hello := `examples/hello/main.go:5:15 http.ListenAndServe serves, but nothing traps SIGTERM [http.ListenAndServe(":1", http.NewServeMux())]`
	for _, test := range []struct {
		dirs []string
		want []string
	}{
		{[]string{"internal"}, shop[1:]},
		{[]string{"internal/server/server.go"}, shop[1:]},
		{[]string{"cmd/edge", "cmd/api"}, shop[:1]},
		{[]string{"internal/stop"}, nil},
		{[]string{"examples"}, []string{hello}},
		{[]string{"examples/hello/main.go"}, []string{hello}},
	} {
		r := check(t, "testdata/shop", func(o *analyzers.Options) { o.Dirs = test.dirs })
		if diff := cmp.Diff(test.want, findings(r)); diff != "" {
			t.Errorf("%v (-want +got):\n%s", test.dirs, diff)
		}
	}
}

// Names of folders above the base mean nothing: the whole of testdata/shop is
// checked although its own path has an excluded folder in it.
func TestCheckBase(t *testing.T) {
	r := check(t, "testdata", func(o *analyzers.Options) { o.Base, o.Dirs = "shop", []string{"shop"} })
	if len(r.Findings) != 3 {
		t.Errorf("findings: %v", findings(r))
	}
	r = check(t, "..", func(o *analyzers.Options) { o.Base, o.Dirs = ".", []string{"analyzers/testdata/shop"} })
	if len(r.Findings) != 3 {
		t.Errorf("findings: %v", findings(r))
	}
}

func TestCheckVendored(t *testing.T) {
	r := check(t, "testdata/vendored", nil)
	if diff := cmp.Diff([]string{"main.go:6:2 gin.New().Run serves, but nothing traps SIGTERM [gin.New().Run()]"}, findings(r)); diff != "" {
		t.Error(diff)
	}
}

func TestCheckSeveralModules(t *testing.T) {
	dir := write(t, "-- a/go.mod --\nmodule example.com/a\n\ngo 1.25\n-- a/main.go --\npackage main\n"+server+
		"-- b/go.mod --\nmodule example.com/b\n\ngo 1.25\n-- b/main.go --\npackage main\n"+server+
		"-- b/nested/go.mod --\nmodule example.com/nested\n\ngo 1.25\n-- b/nested/main.go --\npackage main\n"+server+
		"-- b/testdata/m/go.mod --\nmodule example.com/m\n\ngo 1.25\n-- b/testdata/m/main.go --\npackage main\n"+server+
		"-- c/loose.go --\npackage main\n"+server)
	r := check(t, dir, nil)
	var files []string
	for i := range r.Findings {
		files = append(files, r.Findings[i].Location.File.Path)
	}
	if diff := cmp.Diff([]string{"a/main.go", "b/main.go", "b/nested/main.go"}, files); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"c/loose.go:1:1 1 Go files belong to no module and are not checked: add a go.mod"}, notices(r)); diff != "" {
		t.Error(diff)
	}
}

func TestCheckWorkspace(t *testing.T) {
	dir := write(t, "-- go.work --\ngo 1.25\n\nuse (\n\t./app\n\t./lib\n)\n"+
		"-- app/go.mod --\nmodule example.com/app\n\ngo 1.25\n-- app/main.go --\npackage main\n\nimport \"example.com/lib\"\n\nfunc main() { lib.Run() }\n"+
		"-- lib/go.mod --\nmodule example.com/lib\n\ngo 1.25\n-- lib/lib.go --\npackage lib\n\nimport \"net/http\"\n\nfunc Run() { http.ListenAndServe(\":1\", nil) }\n"+
		"-- other/go.mod --\nmodule example.com/other\n\ngo 1.25\n-- other/main.go --\npackage main\n"+server)
	r := check(t, dir, nil)
	want := []string{
		"app/main.go:5:6 http.ListenAndServe serves, but nothing traps SIGTERM [main]",
		`other/main.go:5:15 http.ListenAndServe serves, but nothing traps SIGTERM [http.ListenAndServe(":1", http.NewServeMux())]`,
	}
	if diff := cmp.Diff(want, findings(r)); diff != "" {
		t.Error(diff)
	}
	if len(r.Notices) != 0 {
		t.Error(notices(r))
	}
}

// The trouble of one package is told once, where it is, and the rest is checked.
func TestCheckBrokenPackages(t *testing.T) {
	for _, test := range []struct {
		name, archive     string
		findings, notices []string
	}{
		{
			name: "syntax error",
			archive: "-- go.mod --\nmodule example.com/m\n\ngo 1.25\n-- a/a.go --\npackage a\n\nfunc F() {\n\treturn )\n}\n" +
				"-- b/b.go --\npackage b\n\nimport \"example.com/m/a\"\n\nfunc G() { a.F(); undefined() }\n" +
				"-- bad/main.go --\npackage main\n\nimport (\n\t\"net/http\"\n\n\t\"example.com/m/b\"\n)\n\nfunc main() { b.G(); http.ListenAndServe(\":1\", nil) }\n" +
				"-- good/main.go --\npackage main\n" + server,
			findings: []string{`good/main.go:5:15 http.ListenAndServe serves, but nothing traps SIGTERM [http.ListenAndServe(":1", http.NewServeMux())]`},
			notices:  []string{"a/a.go:4:9 package example.com/m/a is not checked: expected operand, found ')'"},
		},
		{
			name:    "type error",
			archive: "-- go.mod --\nmodule example.com/m\n\ngo 1.25\n-- m.go --\npackage m\n\nvar x int = \"ä\" + y\n",
			notices: []string{"m.go:3:19 package example.com/m is not checked: undefined: y"},
		},
		{
			name:    "missing dependency",
			archive: "-- go.mod --\nmodule example.com/m\n\ngo 1.25\n\nrequire example.org/gone v1.0.0\n-- m.go --\npackage m\n\nimport _ \"example.org/gone\"\n-- n/n.go --\npackage n\n\nimport _ \"example.org/gone/too\"\n",
			notices: []string{"m.go:3:10 2 packages are not checked: dependency example.org/gone cannot be loaded: missing go.sum entry for module providing package example.org/gone (imported by example.com/m); to add: go get example.com/m (and 1 more dependencies)"},
		},
		{
			name:    "newer Go",
			archive: "-- go.mod --\nmodule example.com/m\n\ngo 1.99\n-- m.go --\npackage m\n",
			notices: []string{"go.mod:3:1 Go packages are not checked: go.mod requires go >= 1.99"},
		},
		{
			name:    "unreadable go.mod",
			archive: "-- go.mod --\nmodule example.com/m\n\ngo 1.25\nrequire (\n-- m.go --\npackage m\n",
			notices: []string{"go.mod:5:1 Go packages are not checked: syntax error (unterminated block started at go.mod:4:1)"},
		},
		{
			name:     "files to embed that are not built yet",
			archive:  "-- go.mod --\nmodule example.com/m\n\ngo 1.25\n-- main.go --\npackage main\n\nimport (\n\t\"embed\"\n\t\"net/http\"\n)\n\n//go:embed dist\nvar dist embed.FS\n\nfunc main() { http.ListenAndServe(\":1\", http.FileServerFS(dist)) }\n",
			findings: []string{`main.go:11:15 http.ListenAndServe serves, but nothing traps SIGTERM [http.ListenAndServe(":1", http.FileServerFS(dist))]`},
		},
		{
			name:    "no Go files for this platform",
			archive: "-- go.mod --\nmodule example.com/m\n\ngo 1.25\n-- p_plan9.go --\npackage m\n\nfunc broken( {\n",
		},
		{
			name:    "empty file",
			archive: "-- go.mod --\nmodule example.com/m\n\ngo 1.25\n-- m.go --\n",
			notices: []string{"m.go:1:1 package example.com/m is not checked: expected 'package', found 'EOF'"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := check(t, write(t, test.archive), nil)
			if diff := cmp.Diff(test.findings, findings(r)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			got := notices(r)
			for i := range got {
				if i < len(test.notices) && strings.HasPrefix(got[i], test.notices[i]) {
					got[i] = test.notices[i] // the go command may say more
				}
				if !r.Notices[i].Incomplete {
					t.Errorf("notice does not say that something was left out: %s", got[i])
				}
			}
			if diff := cmp.Diff(test.notices, got); diff != "" {
				t.Errorf("notices (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCheckWithoutToolchain(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	r := check(t, "testdata/shop", nil)
	if diff := cmp.Diff([]string{"go.mod:1:1 Go packages are not checked: the go command is not on the PATH"}, notices(r)); diff != "" {
		t.Error(diff)
	}
}

func TestCheckWithoutGo(t *testing.T) {
	r := check(t, write(t, "-- README.md --\nhello\n"), nil)
	if len(r.Findings)+len(r.Verdicts)+len(r.Notices)+r.Files+r.Packages != 0 {
		t.Errorf("%+v", r)
	}
}

// What is built for one platform only is checked if that platform is named.
func TestPlatforms(t *testing.T) {
	dir := write(t, `
-- go.mod --
module example.com/agent

go 1.25.0
-- main.go --
package main

import (
	"os"
	"os/signal"
	"time"
)

func main() {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, signals...)
	go func() {
		<-stop
		os.Exit(0)
	}()
	for {
		time.Sleep(time.Minute)
	}
}
-- signals_linux.go --
package main

import (
	"os"
	"syscall"
)

var signals = []os.Signal{os.Interrupt, syscall.SIGTERM}
-- signals_darwin.go --
package main

import "os"

var signals = []os.Signal{os.Interrupt}
`)
	for _, test := range []struct {
		platforms []string
		want      []string
	}{
		{[]string{"linux/amd64"}, nil},
		{[]string{"linux/amd64", "darwin/arm64"}, []string{"main.go:16:2 only SIGINT is trapped while the endless loop runs [for]"}},
	} {
		r := check(t, dir, func(o *analyzers.Options) { o.Platforms = test.platforms })
		got := findings(r)
		for i, line := range got {
			got[i], _, _ = strings.Cut(line, "\n")
		}
		if diff := cmp.Diff(test.want, got); diff != "" || r.Packages != 1 {
			t.Errorf("%v: %d packages, findings (-want +got):\n%s", test.platforms, r.Packages, diff)
		}
		for _, n := range notices(r) {
			t.Error(n)
		}
	}
}
