package dockerfile

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
)

var update = flag.Bool("update", false, "rewrite the sections named start, which stand last")

// TestStart reads repositories and compares how their containers start with
// what the section "start" of each says.
func TestStart(t *testing.T) {
	names, err := filepath.Glob("testdata/start/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no repositories: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			dir, want := t.TempDir(), ""
			var dockerfiles []string
			for _, f := range archive.Files {
				if f.Name == "start" {
					want = string(f.Data)
					continue
				}
				if Wants(f.Name) {
					dockerfiles = append(dockerfiles, f.Name)
				}
				write(t, filepath.Join(dir, f.Name), f.Data)
			}
			got := starts(t, dir, dockerfiles)
			if *update {
				last := &archive.Files[len(archive.Files)-1]
				last.Data = []byte(got)
				write(t, name, txtar.Format(archive))
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("start (-want +got)\n%s", diff)
			}
		})
	}
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

func starts(t *testing.T, dir string, names []string) string {
	t.Helper()
	tree, err := source.OpenTree(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	var b strings.Builder
	for _, name := range names {
		f, err := tree.Read(name, Limit)
		if err != nil {
			t.Fatal(err)
		}
		artifact, notices := Parse(f)
		if len(notices) > 0 {
			t.Fatal(notices)
		}
		groups, _ := Assemble(t.Context(), tree, ".", []*document.Artifact{artifact})
		fmt.Fprintf(&b, "%s: %d image(s)\n", name, len(groups))
		for _, g := range groups {
			describe(&b, g.Documents[0])
		}
	}
	return b.String()
}

// describe writes one line for each fact about a start.
func describe(b *strings.Builder, d *document.Document) {
	image := d.Root.Get("image")
	text := func(n *document.Node, key string) string {
		if value := n.Get(key); value != nil {
			return value.Text
		}
		return "-"
	}
	fmt.Fprintf(b, "  base %s, sh is %s\n", text(image.Get("base"), "image"), text(image.Get("base"), "shell"))
	for _, key := range []string{"entrypoint", "command"} {
		if c := image.Get(key); c != nil {
			fmt.Fprintf(b, "  %s %s, role %s\n", key, text(c, "form"), text(c, "role"))
			describeAnalysis(b, d, c.Get("run"))
		}
	}
	if w := image.Get("wrapped"); w != nil {
		fmt.Fprintf(b, "  wrapped by %s\n", text(w, "instruction"))
		describeAnalysis(b, d, w)
	}
	for _, s := range image.Get("scripts").Items {
		fmt.Fprintf(b, "  script %s, found %s\n", text(s, "path"), text(s, "found"))
		if s.Get("ends") != nil {
			describeAnalysis(b, d, s)
		}
	}
	for _, p := range image.Get("programs").Items {
		var words []string
		for _, w := range p.Get("arguments").Items {
			words = append(words, w.Text)
		}
		fmt.Fprintf(b, "  program %q: %s\n", text(p, "name"), strings.Join(words, " "))
	}
}

func describeAnalysis(b *strings.Builder, d *document.Document, n *document.Node) {
	if n == nil {
		return
	}
	fmt.Fprintf(b, "    %s %s", n.Get("shell").Text, n.Get("shape").Text)
	for _, flag := range []string{"guarded", "traps"} {
		if n.Get(flag).Text == "true" {
			fmt.Fprintf(b, " %s", flag)
		}
	}
	b.WriteByte('\n')
	for _, e := range n.Get("ends").Items {
		statement := e.Get("statement")
		file := d.File
		if statement.File != nil {
			file = statement.File
		}
		branch := ""
		if e.Get("branch").Text == "true" {
			branch = " in a branch"
		}
		if e.Get("pipeline").Text == "true" {
			branch += " in a pipeline"
		}
		fmt.Fprintf(b, "    %s:%d %s%s: %s\n", file.Path, file.Line(statement.Range.Start), e.Get("kind").Text, branch, file.Text(statement.Range))
	}
}

var analyseTests = []struct{ text, want string }{
	{"node app.js", "simple: program"},
	{"A=1 node app.js >log 2>&1", "simple: program"},
	{"cd / && node app.js", "chain: program"},
	{"set -e; exec node app.js", "sequence: exec"},
	{"[ -f x ] && exec a", "chain: exec?"},
	{"a; b", "sequence: program"},
	{"a | tee log", "pipeline: program|"},
	{"echo x | a", "pipeline: program|"},
	{"a & wait", "background: wait"},
	{"a & exec b", "background: exec"},
	{"a || exit 1", "chain: program"},
	{"a; exit $?", "sequence: program"},
	{"a && echo done", "chain: utility"},
	{"(exec a)", "compound: program"},
	{"{ exec a; }", "compound: exec"},
	{"if x; then exec a; elif y; then b; else exit 1; fi", "compound: exec? program?"},
	{"case $1 in a) exec a;; b) b; exit;; c) echo;; *) \"$@\";; esac", "compound: exec? program? utility? arguments?"},
	{"if x; then exec a; fi\nexec b", "sequence: exec? exec"},
	{"if x; then a; fi\nexec b", "sequence: exec"},
	{"if x; then a; exit; fi\nb", "sequence: program? program"},
	{"x || { a; exit; }\nexec b", "sequence: program? exec"},
	{"main() { exec \"$@\"; }\nmain \"$@\"", "compound: exec"},
	{"main() { if x; then a; else main; fi; }; main", "compound: program?"},
	{"while :; do a; done", "compound: loop"},
	{"exec >log\na", "sequence: program"},
	{"exec -a name app", "simple: exec"},
	{"exec a\nb", "sequence: exec"},
	{"eval \"$CMD\"", "simple: unknown"},
	{"$CMD x", "simple: unknown"},
	{"\"$JAVA_HOME/bin/java\" -jar a.jar", "simple: program"},
	{"\"${@}\"", "simple: arguments"},
	{"app --help", "simple: utility"},
	{"tail -f /dev/null", "simple: idle"},
	{"sleep infinity", "simple: idle"},
	{"bash", "simple: utility"},
	{"time a", "compound: program"},
	{"! a", "compound: program"},
	{"trap 'kill $!' TERM; a & wait", "background traps: wait"},
	{"trap - TERM; a", "sequence: program"},
	{"trap '' SIGTERM; a", "sequence: program"},
	{"trap x EXIT; a", "sequence: program"},
	{"", "empty:"},
	{"# nothing", "empty:"},
	{"a (", "unparsed"},
}

func TestAnalyse(t *testing.T) {
	for _, test := range analyseTests {
		a := analyse(&script{text: contiguous([]byte(test.text), source.Range{End: len(test.text)})})
		got := a.shape
		if a.traps {
			got += " traps"
		}
		got += ":"
		for _, e := range a.ends {
			got += " " + e.kind + map[bool]string{true: "?"}[e.branch] + map[bool]string{true: "|"}[e.pipeline]
		}
		if !a.parsed {
			got = "unparsed"
		}
		if got != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}

func TestLookUpBase(t *testing.T) {
	for image, want := range map[string]string{
		"alpine:3.22": "ash none", "node:22-alpine3.20": "ash passes", "quay.io/prometheus/busybox-linux-amd64:latest": "ash unknown",
		"debian:12": "dash none", "docker.io/library/ubuntu:24.04": "dash none", "python:3.12": "dash none", "python:3.12-slim@sha256:1": "dash none",
		"golang": "dash none", "node:22-bookworm-slim": "dash passes", "registry.k8s.io/debian-base-amd64:0.3": "dash unknown",
		"nvidia/cuda:12.2.0-base-ubuntu22.04": "dash unknown", "registry:5000/team/app:1-jammy": "dash unknown",
		"mcr.microsoft.com/dotnet/aspnet:9.0": "dash none", "mcr.microsoft.com/dotnet/aspnet:9.0-alpine": "ash none",
		"mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled": "none none", "mcr.microsoft.com/windows/servercore:ltsc2022": "unknown unknown",
		"mcr.microsoft.com/dotnet/runtime:9.0-nanoserver-ltsc2022": "other none",
		"openjdk:8-jre": "dash none", "openjdk:17": "bash none", "openjdk:17-slim": "dash none", "eclipse-temurin:21-ubi9-minimal": "bash passes",
		"fedora:41": "bash none", "registry.access.redhat.com/ubi9/ubi-minimal:9.4": "bash none", "amazonlinux:2023": "bash none",
		"scratch": "none none", "gcr.io/distroless/static-debian12": "none none", "gcr.io/distroless/java21:debug": "ash own",
		"cgr.dev/chainguard/node:latest": "none own", "cgr.dev/chainguard/node:latest-dev": "ash own", "cgr.dev/chainguard/wolfi-base": "ash none",
		"nginx:1.27": "dash passes", "mysql:8": "unknown passes", "registry.example.com/shop/base:4": "unknown unknown",
	} {
		info := lookUpBase(image)
		if got := info.shell + " " + info.entrypoint; got != want {
			t.Errorf("%s: got %s, want %s", image, got, want)
		}
	}
}
