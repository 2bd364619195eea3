// Package parsetest holds the tests that every parser must pass: that the range
// of each leaf spells its scalar, and that ranges nest.
//
// Table tests call [LeavesSpell] and [RangesNest], fuzz targets [RangesInside].
package parsetest

import (
	"fmt"
	"testing"

	"github.com/opslint/opslint/internal/document"
	"github.com/opslint/opslint/internal/source"
)

// LeavesSpell proves for each leaf below root that the author wrote (its range
// is not empty) that decode, given the leaf and the bytes of its range, yields
// the leaf's Text. Decode undoes the syntax of the artifact: quotes, escapes,
// indentation of block scalars; for most leaves it returns raw.
//
// A tree without such a leaf fails, so that a parser that lost all its ranges
// does not pass.
func LeavesSpell(t testing.TB, f *source.File, root *document.Node, decode func(leaf *document.Node, raw string) string) {
	t.Helper()
	leaves := 0
	walk(f, root, nil, func(f *source.File, _, n *document.Node, path document.Path) {
		if !n.Leaf() || n.Range.Empty() {
			return
		}
		leaves++
		if raw := f.Text(n.Range); decode(n, raw) != n.Text {
			t.Errorf("%s: %s: range %d-%d holds %q, which is not %s %q",
				place(f, n.Range), path, n.Range.Start, n.Range.End, raw, n.Kind, n.Text)
		}
	})
	if leaves == 0 {
		t.Errorf("%s: no leaf has a range", f.Path)
	}
}

// RangesNest proves that every range lies inside the file and inside the range
// of its parent, that the key of a member stands before its value, and that
// keys are unique. A tree with aliases does not nest; see [RangesInside].
func RangesNest(t testing.TB, f *source.File, root *document.Node) {
	t.Helper()
	if err := RangesInside(f, root); err != nil {
		t.Error(err)
	}
	walk(f, root, nil, func(f *source.File, parent, n *document.Node, path document.Path) {
		if parent == nil || n.File != nil || n.Range.Empty() || parent.Range.Empty() {
			return
		}
		if !parent.Range.Contains(n.Range) {
			t.Errorf("%s: %s: range %v leaves its parent's %v", place(f, n.Range), path, n.Range, parent.Range)
		}
		if m := parent.Member(path[len(path)-1]); m != nil && m.Value == n && m.KeyRange.End > n.Range.Start {
			t.Errorf("%s: %s: key %v does not stand before its value %v", place(f, n.Range), path, m.KeyRange, n.Range)
		}
	})
}

// RangesInside reports the first range below root that is no range of its file,
// and the first key that a mapping holds twice.
func RangesInside(f *source.File, root *document.Node) error {
	var first error
	report := func(format string, args ...any) {
		if first == nil {
			first = fmt.Errorf(format, args...)
		}
	}
	walk(f, root, nil, func(f *source.File, _, n *document.Node, path document.Path) {
		if !inside(f, n.Range) {
			report("%s: %s: range %v of a %s is not in the file of %d bytes", f.Path, path, n.Range, n.Kind, len(f.Content))
		}
		seen := make(map[string]bool, len(n.Members))
		for _, m := range n.Members {
			if !inside(f, m.KeyRange) {
				report("%s: %s: range %v of key %q is not in the file of %d bytes", f.Path, path, m.KeyRange, m.Key, len(f.Content))
			}
			if seen[m.Key] {
				report("%s: %s: key %q is there twice", f.Path, path, m.Key)
			}
			seen[m.Key] = true
		}
	})
	return first
}

func inside(f *source.File, r source.Range) bool {
	return 0 <= r.Start && r.Start <= r.End && r.End <= len(f.Content)
}

func place(f *source.File, r source.Range) string {
	p := f.Position(r.Start)
	return fmt.Sprintf("%s:%d:%d", f.Path, p.Line, p.Column)
}

// walk visits root and everything below it, parents first. The path is only
// valid during the visit.
func walk(f *source.File, n *document.Node, path document.Path, visit func(f *source.File, parent, n *document.Node, path document.Path)) {
	visit(fileOf(f, n), nil, n, path)
	descend(fileOf(f, n), n, path, visit)
}

func descend(f *source.File, n *document.Node, path document.Path, visit func(f *source.File, parent, n *document.Node, path document.Path)) {
	child := func(step string, c *document.Node) {
		below := append(path, step)
		visit(fileOf(f, c), n, c, below)
		descend(fileOf(f, c), c, below, visit)
	}
	for i, item := range n.Items {
		child(fmt.Sprint(i), item)
	}
	for _, m := range n.Members {
		child(m.Key, m.Value)
	}
}

func fileOf(f *source.File, n *document.Node) *source.File {
	if n.File != nil {
		return n.File
	}
	return f
}
