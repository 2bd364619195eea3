package dockerfile

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
)

func TestWants(t *testing.T) {
	for _, name := range []string{
		"Dockerfile", "a/b/Containerfile", "Dockerfile.prod", "Dockerfile-alpine", "Dockerfile_ci", "api.Dockerfile", "api.dockerfile", "dockerfile",
		"Containerfile.dev",
	} {
		if !Wants(name) {
			t.Errorf("%s is not wanted", name)
		}
	}
	for _, name := range []string{
		".dockerignore", "Dockerfile.dockerignore", "Dockerfile.j2", "Dockerfile.tmpl", "Dockerfile.erb", "Dockerfile.template", "Dockerfiles/a",
		"dockerfile.go", "Dockerfile.md", "Dockerfiles", "mydockerfile", "docker-compose.yaml", "Dockerfile~",
	} {
		if Wants(name) {
			t.Errorf("%s is wanted", name)
		}
	}
}

func TestRecognise(t *testing.T) {
	for _, content := range []string{
		"FROM a", "# syntax=x\n\n  from a\n", "\ufeffARG A\nFROM $A", "FROM a\nRUN docker ps --format '{{.ID}}'", "FROM a\r\nCMD b\r\n",
	} {
		if !Recognise(source.NewFile("Dockerfile", []byte(content))) {
			t.Errorf("%q is not recognised", content)
		}
	}
	for _, content := range []string{
		"", "\n# nothing\n", "package dockerfile", "FROM", "FROM {{ image }}\n", "FROM a\n{% if x %}\nCMD b\n{% endif %}", "FROM a\x00", "SELECT a\nFROM b",
		"FROM %%BASE%%\n",
	} {
		if Recognise(source.NewFile("Dockerfile", []byte(content))) {
			t.Errorf("%q is recognised", content)
		}
	}
}

func TestBadInputIsANotice(t *testing.T) {
	for _, test := range []struct{ content, want string }{
		{"FROM a\nRUN <<X\nb\n", "2: cannot read Dockerfile: unterminated heredoc"},
		{"FROM a\n\nENV\n\nENV A\n", "5: cannot read Dockerfile: ENV must have two arguments"},
		{"FROM a\nENTRYPIONT [\"b\"]\nCMD [\"c\"]\n", "2: unknown instruction ENTRYPIONT"},
		{"FROM a b\n", "1: FROM wants an image, or an image AS a name"},
		{"ARG A\nRUN b\nFROM c\n", "2: instruction RUN stands before the first FROM"},
		{"FROM a\nCMD [1]\n", "2: cannot read Dockerfile: when using JSON array syntax, arrays must be comprised of strings only"},
		{"FROM a\nONBUILD ONBUILD ONBUILD ONBUILD ONBUILD RUN b\n", "2: chain of ONBUILD instructions cannot be read"},
		{"# escape=x\nFROM a\n", "1: cannot read Dockerfile: invalid escape token 'x' does not match ` or \\"},
	} {
		f := source.NewFile("Dockerfile", []byte(test.content))
		_, notices := Parse(f)
		if len(notices) != 1 {
			t.Errorf("%q: %d notices", test.content, len(notices))
			continue
		}
		n := notices[0]
		if got := strings.TrimSpace(place(n.Location) + n.Message); got != test.want || !n.Incomplete {
			t.Errorf("%q: got %q, incomplete %v; want %q", test.content, got, n.Incomplete, test.want)
		}
	}
}

func place(l source.Location) string {
	if l.Range.Empty() {
		return ""
	}
	return strings.TrimSpace(string(rune('0'+l.Start().Line))) + ": "
}

func TestTheRestOfABadFileIsRead(t *testing.T) {
	artifact, notices := Parse(source.NewFile("Dockerfile", []byte("FROM a\nENTRYPIONT b\nCMD c | d\n")))
	if artifact == nil || len(notices) != 1 {
		t.Fatalf("artifact %v, notices %v", artifact, notices)
	}
	groups, _ := Assemble(t.Context(), emptyTree(t), ".", []*document.Artifact{artifact})
	if got := groups[0].Documents[0].Root.Find("image", "command", "text").Str(); got != "c | d" {
		t.Errorf("CMD is %q", got)
	}
}

func emptyTree(t testing.TB) *source.Tree {
	t.Helper()
	tree, err := source.OpenTree(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tree.Close() })
	return tree
}

func TestImages(t *testing.T) {
	for _, test := range []struct {
		name, content string
		want          []string
	}{
		{"plain", "FROM a:1", []string{"base a:1"}},
		{"default", "ARG V=1\nARG I=a:${V}-x\nFROM $I", []string{"base a:1-x"}},
		{"default in place", "ARG V\nFROM a:${V:-2}", []string{"base a:2"}},
		{"alternative", "ARG V\nFROM a${V:+-x}:1", []string{"base a:1"}},
		{"suffix", "ARG V=1.2.3\nFROM a:${V%.*}", []string{"base a:1.2"}},
		{"no default", "ARG V\nFROM a:$V", []string{"base ? a:$V"}},
		{"platform", "FROM a-$TARGETARCH:1", []string{"base ? a-$TARGETARCH:1"}},
		{"stage argument is no global", "FROM b:1\nARG V=1\nFROM a:${V}", []string{"base ? a:${V}"}},
		{"stages", "FROM a:1 AS x\nFROM x AS y\nFROM y", []string{"base a:1"}},
		{"stage by argument", "ARG FLAVOUR=slim\nFROM a:1 AS slim\nFROM b:1 AS fat\nFROM $FLAVOUR", []string{"base a:1"}},
		{"copies", "FROM a:1 AS x\nFROM b:1 AS unused\nFROM c:1\nCOPY --from=x /a /\nCOPY --from=0 /b /\nCOPY --from=d:1 /c /", []string{"base c:1", "stage a:1", "copy d:1"}},
	} {
		d := assemble(t, source.NewFile("Dockerfile", []byte(test.content)))
		var got []string
		for _, i := range d.Root.Find("image", "images").Items {
			image := i.Get("image")
			line := i.Get("use").Text + " "
			if image.Kind == document.Unknown {
				line += "? "
			}
			got = append(got, line+image.Text)
			if known := i.Get("known").Text == "true"; known != (image.Kind == document.String) {
				t.Errorf("%s: known is %v, kind %v", test.name, known, image.Kind)
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.name, diff)
		}
	}
}

func TestEnvironment(t *testing.T) {
	d := assemble(t, source.NewFile("Dockerfile", []byte(`ARG GLOBAL=g
FROM a AS base
ENV A=1 B="two words" C=$A
ARG D=d
FROM unused
ENV NO=1
FROM base
ARG GLOBAL
ENV E=${A}${GLOBAL} F=$D G=$UNSET A=2
ARG A=3
ENV H=$A
ENV OLD style $E
`)))
	var got []string
	for _, v := range d.Root.Find("image", "environment").Items {
		value := v.Get("value")
		got = append(got, v.Get("instruction").Text+" "+v.Get("name").Text+"="+value.Text+map[bool]string{true: " ?"}[value.Kind == document.Unknown])
	}
	want := []string{
		"ARG GLOBAL=g", "ENV A=1", "ENV B=two words", "ENV C=$A ?", "ARG D=d", "ENV E=1g", "ENV F=$D ?", "ENV G=$UNSET ?", "ENV A=2", "ARG A=3",
		"ENV H=2", "ENV OLD=style 1g",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSettings(t *testing.T) {
	d := assemble(t, source.NewFile("svc/Dockerfile", []byte(`FROM a AS base
ENV PORT=8080
STOPSIGNAL SIGKILL
HEALTHCHECK --interval=10s CMD curl -f localhost
FROM base AS dev
EXPOSE $PORT 9090
USER 10001
HEALTHCHECK NONE
`)))
	image := d.Root.Get("image")
	for path, want := range map[string]string{"stopsignal": "SIGKILL", "user": "10001", "development": "true", "healthcheck.none": "true", "stage.name": "dev"} {
		if got := image.Find(strings.Split(path, ".")...); got == nil || got.Text != want {
			t.Errorf("%s: got %v, want %s", path, got, want)
		}
	}
	if got := image.Get("ports").Items[0].Text; got != "8080" || d.Name != "dev" {
		t.Errorf("port %s, name %s", got, d.Name)
	}
	for _, test := range []struct{ path, want string }{
		{"image.stopsignal", "SIGKILL"}, {"image", "FROM base AS dev"}, {"image.healthcheck", "HEALTHCHECK"}, {"image.base.image", "a"},
	} {
		if l := d.At(strings.Split(test.path, ".")); l.File.Text(l.Range) != test.want {
			t.Errorf("%s is shown at %q, want %q", test.path, l.File.Text(l.Range), test.want)
		}
	}
}

func TestDevelopment(t *testing.T) {
	for _, test := range []struct {
		file, base, stage string
		want              bool
	}{
		{"Dockerfile", ".", "", false},
		{"Dockerfile.dev", ".", "", true},
		{"docker/test/Dockerfile", ".", "", true},
		{"Dockerfile.ui.tilt", ".", "", true},
		{"test/shop/Dockerfile", "test/shop", "", false},
		{"Dockerfile", ".", "development", true},
		{"contest/Dockerfile", ".", "latest", false},
	} {
		if got := isDevelopment(test.file, test.base, test.stage); got != test.want {
			t.Errorf("%+v: got %v", test, got)
		}
	}
}

func TestComments(t *testing.T) {
	f := source.NewFile("Dockerfile", []byte(`# opslint:ignore-file x: head
# plain
FROM a
# opslint:ignore y: above
  #opslint:ignore z: indented
ENV A=1 \
    # opslint:ignore w: inside

    B=2 \
    C=3
RUN <<X
# opslint:ignore v: in a heredoc
X
# opslint:ignore u: last`))
	artifact, notices := Parse(f)
	if len(notices) > 0 {
		t.Fatal(notices)
	}
	var got []string
	for _, c := range artifact.Comments {
		scope := strings.Split(f.Text(c.Scope), "\n")
		got = append(got, c.Text+" -> "+strings.TrimSpace(scope[0])+map[bool]string{true: " (head)"}[c.Head])
	}
	want := []string{
		"opslint:ignore-file x: head -> FROM a (head)",
		"opslint:ignore y: above -> ENV A=1 \\",
		"opslint:ignore z: indented -> ENV A=1 \\",
		"opslint:ignore w: inside -> B=2 \\",
		"opslint:ignore u: last -> ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestCommentsOfScripts(t *testing.T) {
	dir := t.TempDir()
	write(t, dir+"/run.sh", []byte(`#!/bin/sh
# opslint:ignore-file x: head
if a; then
  # opslint:ignore y: above
  # and more
  app
else
  app # opslint:ignore z: beside
fi
echo "# opslint:ignore w: text"
`))
	tree, err := source.OpenTree(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	var artifacts []*document.Artifact
	for _, name := range []string{"a/Dockerfile", "b/Dockerfile"} {
		artifact, _ := Parse(source.NewFile(name, []byte("FROM a:1\nCOPY run.sh /\nCMD [\"/run.sh\"]\n")))
		artifacts = append(artifacts, artifact)
	}
	groups, _ := Assemble(t.Context(), tree, ".", artifacts)
	if len(groups) != 2 || len(groups[0].Artifacts) != 1 || len(groups[1].Artifacts) != 0 {
		t.Fatalf("a shared script belongs to one group: %+v", groups)
	}
	script := groups[0].Artifacts[0]
	var got []string
	for _, c := range script.Comments {
		got = append(got, c.Text+" -> "+strings.TrimSpace(script.File.Text(c.Scope))+map[bool]string{true: " (head)"}[c.Head])
	}
	want := []string{"opslint:ignore-file x: head -> if a; then (head)", "opslint:ignore y: above -> app", "opslint:ignore z: beside -> "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
