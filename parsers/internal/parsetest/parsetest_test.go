package parsetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
)

// A recorder is a test that only notes its errors.
type recorder struct {
	testing.TB
	errors []string
}

func (r *recorder) Helper()                     {}
func (r *recorder) Error(args ...any)           { r.errors = append(r.errors, fmt.Sprint(args...)) }
func (r *recorder) Errorf(f string, a ...any)   { r.errors = append(r.errors, fmt.Sprintf(f, a...)) }
func plain(_ *document.Node, raw string) string { return raw }

// TestFaultsAreFound: the helpers must fail on each wrong tree, or they prove
// nothing of the parsers.
func TestFaultsAreFound(t *testing.T) {
	f := source.NewFile("a", []byte("key: value\n"))
	leaf := func(start, end int) *document.Node {
		return &document.Node{Kind: document.String, Text: "value", Range: source.Range{Start: start, End: end}}
	}
	tree := func(key source.Range, value *document.Node) *document.Node {
		return &document.Node{
			Kind: document.Mapping, Range: source.Range{Start: 0, End: 10},
			Members: []document.Member{{Key: "key", KeyRange: key, Value: value}},
		}
	}
	key := source.Range{Start: 0, End: 3}
	twice := tree(key, leaf(5, 10))
	twice.Members = append(twice.Members, twice.Members[0])
	tests := []struct {
		name, want string
		root       *document.Node
	}{
		{"right", "", tree(key, leaf(5, 10))},
		{"shifted", "is not string", tree(key, leaf(4, 9))},
		{"without ranges", "no leaf has a range", tree(key, leaf(0, 0))},
		{"outside of the file", "is not in the file", tree(key, leaf(5, 99))},
		{"outside of its parent", "leaves its parent's", tree(key, leaf(5, 11))},
		{"key behind value", "does not stand before", tree(source.Range{Start: 6, End: 9}, leaf(5, 10))},
		{"key twice", "is there twice", twice},
	}
	for _, test := range tests {
		r := &recorder{TB: t}
		LeavesSpell(r, f, test.root, plain)
		RangesNest(r, f, test.root)
		if got := strings.Join(r.errors, "\n"); (test.want == "") != (got == "") || !strings.Contains(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}
