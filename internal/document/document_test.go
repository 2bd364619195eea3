package document_test

import (
	"strings"
	"testing"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
)

// manifest is what the author wrote; the nodes below have their places in it.
var manifest = source.NewFile("deployment.yaml", []byte(`kind: Deployment
spec:
  replicas: 2
  empty: {}
  containers:
    - name: api
      args: ["-v", serve]
    - name: proxy
  matrix: [[1, 2]]
  image: "${IMAGE}"
`))

var included = source.NewFile("values.yaml", []byte("memory: 1Gi\nlimits:\n  cpu: 2\n"))

// at is the range of the n-th occurrence of a text.
func at(f *source.File, text string, n int) source.Range {
	from := 0
	for range n {
		from += strings.Index(string(f.Content[from:]), text) + 1
	}
	return source.Range{Start: from - 1, End: from - 1 + len(text)}
}

func scalar(kind document.Kind, text string, r source.Range) *document.Node {
	return &document.Node{Kind: kind, Text: text, Range: r}
}

func member(key string, r source.Range, value *document.Node) document.Member {
	return document.Member{Key: key, KeyRange: r, Value: value}
}

func mapping(r source.Range, members ...document.Member) *document.Node {
	return &document.Node{Kind: document.Mapping, Range: r, Members: members}
}

func sequence(r source.Range, items ...*document.Node) *document.Node {
	return &document.Node{Kind: document.Sequence, Range: r, Items: items}
}

// from is a range that begins with one text and ends with another.
func from(f *source.File, first, last string, n int) source.Range {
	return source.Range{Start: at(f, first, 1).Start, End: at(f, last, n).End}
}

func deployment() *document.Document {
	m := func(text string, n int) source.Range { return at(manifest, text, n) }
	containers := sequence(from(manifest, "- name", "proxy", 1),
		mapping(source.Range{Start: m("name", 1).Start, End: m("serve]", 1).End},
			member("name", m("name", 1), scalar(document.String, "api", m("api", 1))),
			member("args", m("args", 1), sequence(m(`["-v", serve]`, 1),
				scalar(document.String, "-v", m(`"-v"`, 1)),
				scalar(document.String, "serve", m("serve", 1)))),
		),
		mapping(source.Range{Start: m("name", 2).Start, End: m("proxy", 1).End},
			member("name", m("name", 2), scalar(document.String, "proxy", m("proxy", 1)))),
	)
	limits := mapping(source.Range{Start: at(included, "cpu", 1).Start, End: len(included.Content)},
		member("cpu", at(included, "cpu", 1), scalar(document.Number, "2", at(included, "2", 1))))
	limits.File = included
	memory := scalar(document.String, "1Gi", at(included, "1Gi", 1))
	memory.File = included
	whole := source.Range{End: len(manifest.Content)}
	spec := mapping(source.Range{Start: m("replicas", 1).Start, End: len(manifest.Content)},
		member("replicas", m("replicas", 1), scalar(document.Number, "2", m("2", 1))),
		member("empty", m("empty", 1), mapping(m("{}", 1))),
		member("containers", m("containers", 1), containers),
		member("matrix", m("matrix", 1), sequence(m("[[1, 2]]", 1),
			sequence(m("[1, 2]", 1), scalar(document.Number, "1", m("1", 1)), scalar(document.Number, "2", m("2", 2))))),
		document.Member{Key: "image", KeyRange: m("image", 1), Value: scalar(document.Unknown, "${IMAGE}", m(`"${IMAGE}"`, 1)), Hidden: true},
		member("memory", source.Range{}, memory),
		member("limits", source.Range{}, limits),
		member("synthetic", source.Range{}, mapping(source.Range{}, member("inner", source.Range{}, scalar(document.Bool, "true", source.Range{})))),
	)
	return &document.Document{
		File: manifest,
		Root: mapping(whole,
			member("kind", m("kind", 1), scalar(document.String, "Deployment", m("Deployment", 1))),
			member("spec", m("spec", 1), spec)),
	}
}

func path(dotted string) document.Path {
	if dotted == "" {
		return nil
	}
	return strings.Split(dotted, ".")
}

func TestAt(t *testing.T) {
	for _, test := range []struct {
		name, path string
		file       *source.File
		text       string
		occurrence int
	}{
		{"the document itself is its first key", "", manifest, "kind", 1},
		{"a scalar is shown itself", "spec.replicas", manifest, "2", 1},
		{"a quoted scalar with its quotes", "spec.containers.0.args.0", manifest, `"-v"`, 1},
		{"a mapping is its key", "spec", manifest, "spec", 1},
		{"an empty mapping is its key", "spec.empty", manifest, "empty", 1},
		{"a sequence is its key", "spec.containers", manifest, "containers", 1},
		{"an item is its first key", "spec.containers.1", manifest, "name", 2},
		{"an item that is a scalar is shown itself", "spec.containers.0.args.1", manifest, "serve", 1},
		{"an item that is a sequence is its first item", "spec.matrix.0", manifest, "1", 1},
		{"an item of an item", "spec.matrix.0.1", manifest, "2", 2},
		{"a missing key is the mapping's key", "spec.strategy", manifest, "spec", 1},
		{"all that is missing at once", "spec.template.spec.volumes.0", manifest, "spec", 1},
		{"a missing key of an item is the item's first key", "spec.containers.1.image", manifest, "name", 2},
		{"a missing item is the sequence's key", "spec.containers.7", manifest, "containers", 1},
		{"no number is no index", "spec.containers.first", manifest, "containers", 1},
		{"a negative index is none", "spec.containers.-1", manifest, "containers", 1},
		{"a step into a scalar is the scalar", "spec.replicas.value", manifest, "2", 1},
		{"a missing key at the top is the document", "metadata", manifest, "kind", 1},
		{"a hidden member has a place", "spec.image", manifest, `"${IMAGE}"`, 1},
		{"a scalar from another file is shown there", "spec.memory", included, "1Gi", 1},
		{"a mapping from another file without a key is its first key", "spec.limits", included, "cpu", 1},
		{"what lies in a node of another file lies in that file", "spec.limits.cpu", included, "2", 1},
		{"a missing key in another file", "spec.limits.memory", included, "cpu", 1},
		{"what nobody wrote is the nearest thing written", "spec.synthetic", manifest, "spec", 1},
		{"what nobody wrote, further in", "spec.synthetic.inner", manifest, "spec", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := deployment().At(path(test.path))
			want := source.Location{File: test.file, Range: at(test.file, test.text, test.occurrence)}
			if got != want {
				t.Errorf("got %s %q at %v, want %s %q at %v", got.Path(), got.File.Text(got.Range), got.Range, want.Path(), test.text, want.Range)
			}
		})
	}
}

func TestAtWholeMember(t *testing.T) {
	for _, test := range []struct{ name, path, want string }{
		{"a scalar with its key", "spec.replicas", "replicas: 2"},
		{"a collection with its key", "spec.containers.0.args", `args: ["-v", serve]`},
		{"an item of a list alone", "spec.containers.0.args.1", "serve"},
		{"a hidden member too", "spec.image", `image: "${IMAGE}"`},
		{"a list without a range of its own is its key", "spec.blocks", "empty"},
		{"a block in it is its header", "spec.blocks.0", "replicas"},
		{"a missing argument of a block is the header", "spec.blocks.0.enabled", "replicas"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := deployment()
			d.WholeMember = true
			blocks := sequence(source.Range{}, mapping(at(manifest, "replicas", 1)))
			spec := d.Root.Find("spec")
			spec.Members = append(spec.Members, member("blocks", at(manifest, "empty", 1), blocks))
			got := d.At(path(test.path))
			if text := got.File.Text(got.Range); text != test.want {
				t.Errorf("got %q, want %q", text, test.want)
			}
		})
	}
}

// The first key of a mapping that was put together from several files does not
// lie in the mapping's own.
func TestAtDoesNotTakeAKeyOfAnotherFile(t *testing.T) {
	memory := scalar(document.String, "1Gi", at(included, "1Gi", 1))
	memory.File = included
	d := &document.Document{
		File: manifest,
		Root: mapping(at(manifest, "Deployment", 1), member("memory", at(included, "memory", 1), memory)),
	}
	if got := d.At(nil); got.File != manifest || got.Range != at(manifest, "Deployment", 1) {
		t.Errorf("got %s %v", got.Path(), got.Range)
	}
}

func TestAtRootOfAnotherFile(t *testing.T) {
	root := mapping(source.Range{End: len(included.Content)}, member("memory", at(included, "memory", 1), scalar(document.String, "1Gi", at(included, "1Gi", 1))))
	root.File = included
	d := &document.Document{File: manifest, Root: root}
	for _, p := range []string{"", "memory", "none"} {
		if got := d.At(path(p)); got.File != included {
			t.Errorf("%q is in %s, want %s", p, got.Path(), included.Path)
		}
	}
}

func TestLookup(t *testing.T) {
	d := deployment()
	for _, test := range []struct{ path, want string }{
		{"kind", "Deployment"},
		{"spec.containers.0.args.1", "serve"},
		{"spec.image", "${IMAGE}"},
		{"spec.limits.cpu", "2"},
	} {
		if n := d.Lookup(path(test.path)); n == nil || n.Text != test.want {
			t.Errorf("%s is %v, want %q", test.path, n, test.want)
		}
	}
	if d.Lookup(nil) != d.Root {
		t.Error("the empty path is the root")
	}
	for _, missing := range []string{"none", "spec.none.deeper", "spec.containers.2", "spec.containers.x", "kind.deeper"} {
		if n := d.Lookup(path(missing)); n != nil {
			t.Errorf("%s is %v, want nothing", missing, n)
		}
	}
}

func TestFind(t *testing.T) {
	root := deployment().Root
	if got := root.Find("spec", "replicas"); got == nil || got.Text != "2" {
		t.Errorf("spec.replicas is %v", got)
	}
	if root.Find() != root {
		t.Error("no steps lead nowhere else")
	}
	for _, missing := range [][]string{{"none"}, {"none", "deeper"}, {"kind", "deeper"}, {"spec", "containers", "0"}} {
		if got := root.Find(missing...); got != nil {
			t.Errorf("%v is %v, want nothing", missing, got)
		}
	}
	var none *document.Node
	if none.Get("x") != nil || none.Member("x") != nil || none.Find("x") != nil || none.Str() != "" {
		t.Error("nothing has no members")
	}
}

func TestStr(t *testing.T) {
	root := deployment().Root
	for p, want := range map[string]string{"kind": "Deployment", "spec": ""} {
		if got := root.Get(p).Str(); got != want {
			t.Errorf("%s is %q, want %q", p, got, want)
		}
	}
	for _, not := range []string{"replicas", "image"} {
		if got := root.Find("spec", not).Str(); got != "" {
			t.Errorf("%s is no string but %q", not, got)
		}
	}
}

func TestLeaf(t *testing.T) {
	for kind, want := range map[document.Kind]bool{
		document.Null: true, document.Bool: true, document.Number: true, document.String: true, document.Unknown: true,
		document.Sequence: false, document.Mapping: false,
	} {
		if got := (&document.Node{Kind: kind}).Leaf(); got != want {
			t.Errorf("%s is a leaf: %v", kind, got)
		}
	}
}

func TestPathString(t *testing.T) {
	for p, want := range map[string]string{"": "", "spec": "spec", "spec.containers.0": "spec.containers.0"} {
		if got := path(p).String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
