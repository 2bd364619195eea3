//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// witness has one finding, which no trouble beside it may hide.
const witness = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: witness
spec:
  selector: {matchLabels: {app: witness}}
  template:
    metadata:
      labels: {app: witness}
    spec:
      terminationGracePeriodSeconds: 10
      containers:
        - {name: witness, image: "registry.example.com/witness:1.2.3"}
`

const deploymentHead = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: broken\n"

// TestBadInput gives opslint what no one wants to be given: one clear line for
// each, everything else still checked, in bounded time.
func TestBadInput(t *testing.T) {
	write := func(name, content string) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			file := filepath.Join(dir, name)
			if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	tests := map[string]struct {
		make func(t *testing.T, dir string)
		want string // regular expression over the output; empty: nothing is said
	}{
		"empty file":           {make: write("empty.yaml", "")},
		"binary":               {make: write("binary.yaml", "\x7fELF\x02\x01\x01\x00\x00\x00kind: apiVersion: \xff\xfe\x00")},
		"other people's YAML":  {make: write("values.yaml", "replicas: 3\nimage: {tag: latest}\n")},
		"200 MB":               {make: huge, want: `huge\.yaml: .*larger than 10 MiB`},
		"alias bomb":           {make: write("bomb.yaml", aliasBomb()), want: `bomb\.yaml:\d+:\d+: .*alias`},
		"10,000 deep":          {make: write("deep.yaml", deploymentHead+"spec: "+strings.Repeat("[", 10000)+strings.Repeat("]", 10000)+"\n"), want: `deep\.yaml:5:\d+: .*deep|deep\.yaml:5:\d+: .*nest`},
		"10,000 deep JSON":     {make: write("deep.json", `{"apiVersion":"v1","kind":"Pod","spec":`+strings.Repeat("[", 10000)+strings.Repeat("]", 10000)+"}"), want: `deep\.json:1:\d+: .*(deep|nest)`},
		"invalid UTF-8":        {make: write("latin1.yaml", deploymentHead+"  namespace: caf\xe9\n"), want: `latin1\.yaml:5:\d+: .*UTF-8`},
		"tab":                  {make: write("tab.yaml", deploymentHead+"spec:\n\treplicas: 1\n"), want: `tab\.yaml:6:1: .*tab`},
		"template":             {make: write("template.yaml", "{{- if .Values.enabled }}\n"+deploymentHead+"spec:\n  replicas: {{ .Values.replicas }}\n{{- end }}\n"), want: `template\.yaml.*template`},
		"half-written .tf":     {make: write("main.tf", "resource \"aws_db_instance\" \"orders\" {\n  engine = \n"), want: `main\.tf:2:\d+: `},
		"deep .tf":             {make: write("deep.tf", "locals {\n  x = "+strings.Repeat("[", 10000)+strings.Repeat("]", 10000)+"\n}\n"), want: `deep\.tf:2:\d+: .*(deep|nest)`},
		"Dockerfile":           {make: write("Dockerfile", "FROM debian:12\nENTRYPOINT [\"a\"\nRUN <<EOF\nnever ends\n"), want: `Dockerfile:\d+`},
		"Go syntax error":      {make: both(write("go.mod", "module example.com/x\n\ngo 1.25\n"), write("main.go", "package main\n\nfunc main() {\n\tif {\n}\n")), want: `main\.go:4:\d+: `},
		"Go type error":        {make: both(write("go.mod", "module example.com/x\n\ngo 1.25\n"), write("main.go", "package main\n\nfunc main() {\n\tundefined()\n}\n")), want: `main\.go:4:2: .*undefined`},
		"links in a circle":    {make: circle},
		"link to itself":       {make: link("self.yaml", "self.yaml"), want: `self\.yaml: .*too many levels of symbolic links`},
		"link out of the tree": {make: link("/etc/passwd", "passwd.yaml"), want: `passwd\.yaml: .*leaves the workspace`},
		"link to nothing":      {make: link("gone.yaml", "dangling.yaml")},
		"named pipe":           {make: pipe, want: `pipe\.yaml: .*not a regular file`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write("witness.yaml", witness)(t, dir)
			test.make(t, dir)
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			var stdout, stderr bytes.Buffer
			code := run(ctx, []string{"check", "--no-config", "--fail-on", "never", dir}, strings.NewReader(""), &stdout, &stderr)
			out := strings.ReplaceAll(stdout.String(), dir+"/", "")
			if stderr.Len() > 0 {
				t.Errorf("standard error: %s", &stderr)
			}
			if !strings.Contains(out, "witness.yaml:11:38") {
				t.Errorf("the finding beside it is lost")
			}
			wantCode := 2
			if test.want == "" || strings.Contains(test.want, "leaves") {
				wantCode = 0
			}
			if code != wantCode {
				t.Errorf("exit code %d, want %d", code, wantCode)
			}
			if test.want != "" && !regexp.MustCompile(test.want).MatchString(out) {
				t.Errorf("no line matches %s", test.want)
			}
			if t.Failed() {
				t.Logf("output:\n%.4000s", out)
			}
		})
	}
}

func both(a, b func(*testing.T, string)) func(*testing.T, string) {
	return func(t *testing.T, dir string) { a(t, dir); b(t, dir) }
}

func aliasBomb() string {
	var b strings.Builder
	b.WriteString(deploymentHead + "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := range 12 {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 10), ", "))
	}
	return b.String()
}

func huge(t *testing.T, dir string) {
	f, err := os.Create(filepath.Join(dir, "huge.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString(deploymentHead); err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(200 << 20); err != nil {
		t.Fatal(err)
	}
}

func circle(t *testing.T, dir string) {
	for _, name := range []string{"a", "b"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	link("../b", "a/b")(t, dir)
	link("../a", "b/a")(t, dir)
	link("..", "a/up.yaml")(t, dir)
}

func link(target, name string) func(*testing.T, string) {
	return func(t *testing.T, dir string) {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
}

func pipe(t *testing.T, dir string) {
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.yaml"), 0o666); err != nil {
		t.Skip(err)
	}
}

// TestUnreadableFile needs a user whom permissions bind. As root it runs itself
// once more as somebody else.
func TestUnreadableFile(t *testing.T) {
	if os.Getuid() == 0 {
		runAsNobody(t)
		return
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "secret.yaml"), []byte(witness), 0); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "witness.yaml"), []byte(witness), 0o666); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), []string{"check", "--no-config", "--fail-on", "never", dir}, strings.NewReader(""), &stdout, &stderr)
	if code != 2 {
		t.Errorf("exit code %d, want 2", code)
	}
	for _, want := range []string{"secret.yaml: not analysed: cannot be read: permission denied", "witness.yaml:11:38"} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("the output lacks %q:\n%s", want, &stdout)
		}
	}
}

// nobody is the user without rights on common systems.
const nobody = 65534

func runAsNobody(t *testing.T) {
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(executable)
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "opslint-test-") // t.TempDir lies in a folder of root's own
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(dir, "opslint.test")
	if err := os.WriteFile(binary, content, 0o755); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), binary, "-test.run=^TestUnreadableFile$", "-test.v")
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "TMPDIR=" + dir, "HOME=" + dir}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	if out, err := cmd.CombinedOutput(); err != nil || !bytes.Contains(out, []byte("--- PASS: TestUnreadableFile")) {
		t.Errorf("as nobody: %v\n%s", err, out)
	}
}
