package database

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// A Graph is what a package knows of the databases of the programs that import
// it. It is a fact of the package, so it is made of slices in a fixed order.
type Graph struct {
	Kind    Kind    // of the drivers that it imports
	Classes []Class // ordered by their first key or event
}

// AFact marks Graph as a fact.
func (*Graph) AFact() {}

func (g *Graph) String() string {
	var keys []string
	for _, c := range g.Classes {
		keys = append(keys, c.Keys...)
	}
	return strings.Join(keys, " ")
}

// A Class is all that stands for the same databases, as far as one package can
// tell: a value flows from one of it to another.
type Class struct {
	// Keys name what other packages see of it: fields, package variables,
	// parameters and results; sorted.
	Keys   []string
	Events []Event
}

// Act says what is done to a database.
type Act uint8

// The acts. An opened database has not been asked for anything, a checked one
// has; a lost one goes where it cannot be followed.
const (
	Opened  Act = iota + 1
	Checked     // pinged, or opened by something that pings
	Queried
	Lost
)

// An Event is something done to a database.
type Event struct {
	Act  Act
	Func string        // the ID of the function, as package reach has it
	Text string        // "sql.Open"; of a lost one, where it goes
	Kind Kind          // of an opened one: what its driver is, as far as that is known
	Site shutdown.Site // of an opened one: the call
}

func compareEvents(a, b Event) int {
	return cmp.Or(cmp.Compare(a.Site.String(), b.Site.String()), cmp.Compare(a.Act, b.Act), cmp.Compare(a.Func, b.Func))
}

// join puts the graphs of a program's packages together: the classes that share
// a key become one.
func join(graphs []*Graph) *Databases {
	all := new(Databases)
	links := newUnion()
	for _, g := range graphs {
		all.Kind = all.Kind.Or(g.Kind)
		for i := range g.Classes {
			c := &g.Classes[i]
			for _, key := range c.Keys {
				links.join(c, key)
			}
		}
	}
	joined := make(map[any]*Class)
	for _, g := range graphs {
		for i := range g.Classes {
			c := &g.Classes[i]
			root := links.find(c)
			if joined[root] == nil {
				joined[root] = new(Class)
			}
			joined[root].Keys = append(joined[root].Keys, c.Keys...)
			joined[root].Events = append(joined[root].Events, c.Events...)
		}
	}
	all.Classes = inOrder(slices.Collect(maps.Values(joined)))
	return all
}

// inOrder sorts classes and what they hold.
func inOrder(list []*Class) []Class {
	classes := make([]Class, 0, len(list))
	for _, c := range list {
		slices.Sort(c.Keys)
		c.Keys = slices.Compact(c.Keys)
		slices.SortFunc(c.Events, compareEvents)
		c.Events = slices.Compact(c.Events)
		classes = append(classes, *c)
	}
	slices.SortFunc(classes, func(a, b Class) int {
		return cmp.Or(slices.Compare(a.Keys, b.Keys), slices.CompareFunc(a.Events, b.Events, compareEvents))
	})
	return classes
}

// A union knows which things belong together.
type union struct{ parent map[any]any }

func newUnion() *union { return &union{make(map[any]any)} }

func (u *union) find(x any) any {
	for {
		p, ok := u.parent[x]
		if !ok || p == x {
			return x
		}
		if grand, ok := u.parent[p]; ok {
			u.parent[x] = grand
		}
		x = p
	}
}

func (u *union) join(a, b any) {
	for _, x := range []any{a, b} {
		if _, known := u.parent[x]; !known {
			u.parent[x] = x
		}
	}
	if a, b = u.find(a), u.find(b); a != b {
		u.parent[a] = b
	}
}
