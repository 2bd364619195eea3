package yamltree

import (
	"strings"
	"testing"

	"github.com/opslint/opslint/internal/source"
)

const commented = `# opslint:ignore-file a: head of the file
# opslint:ignore b: whole document
kind: A # opslint:ignore c: rest of the line
spec:
  # opslint:ignore d: one key
  replicas: 1
  # opslint:ignore e: one item
  - name: not a list, but text
  items: # opslint:ignore f: the line only
  # opslint:ignore g: first item
  - name: x
    text: "a # opslint:ignore h: quoted"
    script: | # opslint:ignore i: header of a block scalar
      # opslint:ignore j: text of a block scalar
  # opslint:ignore k: second item
  - name: y
  # an ordinary comment
  # opslint:ignore l: nothing below in this block
other: a#opslint:no comment
--- # opslint:ignore m: second document
kind: B
# opslint:ignore n: third document
---
kind: C
  # opslint:ignore o: indented, so it belongs to nothing
---
kind: D
# opslint:ignore p: the end
`

func TestCommentsAndTheirScopes(t *testing.T) {
	text := strings.Replace(commented, "  - name: not a list, but text\n", "  # opslint:ignore e2: stacked\n  list: [1]\n", 1)
	f := source.NewFile("a.yaml", []byte(text))
	roots, problems := all(f)
	if len(roots) != 4 || len(problems) > 0 {
		t.Fatalf("%d documents, %v", len(roots), problems)
	}
	want := map[string]string{
		"a": "kind: A # opslint:ignore c", "b": "kind: A # opslint:ignore c", "c": "kind: A #", "d": "replicas: 1",
		"e": "list: [1]", "e2": "list: [1]", "f": "  items: # opslint:ignore f", "g": "name: x\n    text", "i": "    script: | #",
		"k": "name: y", "l": "other: a", "m": "kind: B", "n": "kind: C", "o": "", "p": "",
	}
	got := Comments(f, roots, nil)
	for _, c := range got {
		name := strings.TrimSuffix(strings.Fields(c.Text)[1], ":")
		prefix, ok := want[name]
		if scope := f.Text(c.Scope); !ok || !strings.HasPrefix(scope, prefix) || (prefix == "") != (scope == "") {
			t.Errorf("%s: scope %q, want %q", name, scope, prefix)
		}
		if c.Head != (name == "a" || name == "b") {
			t.Errorf("%s: Head is %t", name, c.Head)
		}
		if !strings.HasPrefix(f.Text(c.Range), "# opslint:ignore") {
			t.Errorf("%s: range holds %q", name, f.Text(c.Range))
		}
		delete(want, name)
	}
	for name := range want {
		t.Errorf("%s: comment not found", name)
	}
	if scope := f.Text(got[0].Scope); !strings.HasSuffix(scope, "other: a#opslint:no comment") {
		t.Errorf("the scope above the first key is not the whole document: %q", scope)
	}
}

func TestCommentsInUnparsedText(t *testing.T) {
	f := source.NewFile("a.yaml", []byte("a: |\n  # opslint:ignore x: text\n"))
	if got := Comments(f, nil, []source.Range{{Start: 0, End: len(f.Content)}}); len(got) != 0 {
		t.Errorf("got %+v", got)
	}
}

func TestPlaceholder(t *testing.T) {
	for text, want := range map[string]bool{
		"${REPLICAS}": true, "$(REPLICAS)": true, "$REPLICAS": true, "<replicas>": true, "@@REPLICAS@@": true, "%REPLICAS%": true,
		"REPLACE_ME": true, "${A:-3}": true, "{{ .Values.x }}": true, "<your-project-id>": true,
		"": false, "x": false, "$": false, "$5": false, "50%": false, "image:${TAG}": false, "${A}-${B}": false, "<a></a>": false, "$(date +%s)": false, "{{a}}{{b}}": false, "orders": false,
	} {
		if Placeholder(text) != want {
			t.Errorf("%q: got %t", text, !want)
		}
	}
}
