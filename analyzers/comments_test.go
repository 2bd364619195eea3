package analyzers_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A directive governs its line if code stands before it, else what begins below
// its group of comments, else the file.
func TestCommentScopes(t *testing.T) {
	dir := write(t, "-- go.mod --\nmodule example.com/m\n\ngo 1.25\n-- m.go --\n"+`//opslint:ignore a: of the file

// Package m is about opslint: it has comments. An example:
//
//	opslint:ignore z: of nothing
package m

// F is a function.
//
//opslint:ignore b: of a declaration
func F() {
	x := 1 //opslint:ignore c: of a line
	/* opslint:ignore d: of a statement */
	if x > 0 {
		x++
	}
	_ = []any{
		// opslint:ignore e: of an element
		f(
			x,
		),
	}
	//opslint:ignore f: of nothing
}

type T struct {
	//opslint:ignore g: of a field
	A,
	B int
}

func f(int) any { return nil } // ordinary
`)
	r := check(t, dir, nil)
	if len(r.Artifacts) != 1 {
		t.Fatalf("%d artifacts", len(r.Artifacts))
	}
	var got []string
	for _, c := range r.Artifacts[0].Comments {
		scope := r.Artifacts[0].File.Text(c.Scope)
		got = append(got, fmt.Sprintf("%s %t %s", c.Text, c.Head, strings.Join(strings.Fields(scope), " ")))
	}
	body := "x := 1 //opslint:ignore c: of a line /* opslint:ignore d: of a statement */ if x > 0 { x++ }" +
		" _ = []any{ // opslint:ignore e: of an element f( x, ), } //opslint:ignore f: of nothing"
	for i := range got[:2] {
		got[i], _, _ = strings.Cut(got[i], " // Package m") // the whole file
	}
	want := []string{
		"opslint:ignore a: of the file true //opslint:ignore a: of the file",
		"opslint:ignore b: of a declaration false func F() { " + body + " }",
		"opslint:ignore c: of a line false x := 1 //opslint:ignore c: of a line",
		"opslint:ignore d: of a statement false if x > 0 { x++ }",
		"opslint:ignore e: of an element false f( x, )",
		"opslint:ignore f: of nothing false ",
		"opslint:ignore g: of a field false A, B int",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
