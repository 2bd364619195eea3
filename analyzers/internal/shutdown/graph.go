package shutdown

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// A Graph is what a package of the main module contributes to the programs that
// import it: its functions as far as serving and stopping are concerned. It is
// a fact of the package, so it is made of slices in a fixed order.
type Graph struct {
	// Imports are the import paths of the package, sorted.
	Imports []string
	// Noted is true if the package matters for nothing but the calls in it that
	// are worth a note.
	Noted bool
	Funcs []*Func  // ordered by ID
	Types []Type   // ordered by Name
	Sets  []SigSet // package variables that hold signals, ordered by Name
	// Defaults are what durations are if nobody sets them, ordered by Key.
	Defaults []Default
}

// AFact marks Graph as a fact.
func (*Graph) AFact() {}

func (g *Graph) String() string {
	ids := make([]string, len(g.Funcs))
	for i, f := range g.Funcs {
		ids[i] = f.ID
	}
	return strings.Join(ids, " ")
}

// Foreign is a fact of a package outside the main module. It is made from the
// import graph alone.
type Foreign struct {
	// Trappers are the import paths of the packages in the closure, the package
	// itself included, that import os/signal and might trap SIGTERM; sorted.
	Trappers []string
}

// AFact marks Foreign as a fact.
func (*Foreign) AFact() {}

func (f *Foreign) String() string { return "traps: " + strings.Join(f.Trappers, " ") }

// ForeignOf makes the fact of a package outside the main module from its
// imports and their facts.
func ForeignOf(path string, standard bool, imports []string, factOf func(path string) *Foreign) *Foreign {
	if standard {
		return &Foreign{}
	}
	var all []string
	for _, imported := range imports {
		if imported == "os/signal" && !harmless(path) {
			all = append(all, path)
		}
		if f := factOf(imported); f != nil {
			all = append(all, f.Trappers...)
		}
	}
	slices.Sort(all)
	return &Foreign{Trappers: slices.Compact(all)}
}

// A Func is a function, method or function literal.
type Func struct {
	// ID is its name with the import path; a literal has that of the function
	// that holds it, a dollar sign and a number.
	ID     string
	Site   Site // of its name
	Blocks []Block
	// Awaits is true if the function waits for the end of a context that it is
	// given as parameter, so that its caller can stop it.
	Awaits bool
	// Leads is true if it serves, stops a server or waits for a group, or calls
	// a function that does; Stops if it stops a server or calls one that does.
	Leads, Stops bool
}

// A Block is a basic block of a function.
type Block struct {
	Ops   []Op
	Succs []int
	// Returns is true if the function returns to its caller at the end of the
	// block, Clean if the error that it returns there is nil.
	Returns, Clean bool
}

// A Type is a type of the package whose methods matter.
type Type struct {
	Name    string
	Methods []Method // those that matter, ordered by Name
	All     []string // the names of all methods, sorted
}

// A Method is a method of a type, promoted ones included.
type Method struct{ Name, Func string }

// A SigSet is a package variable that holds signals.
type SigSet struct {
	Name    string
	Signals Signals
}

// OpKind says what an [Op] does.
type OpKind uint8

// The kinds of operations.
const (
	opCall    OpKind = iota + 1 // calls Func; Args are bound to its parameters
	opInvoke                    // calls the method Func of some value behind an interface
	opParam                     // calls the parameter Index
	opRef                       // makes a value of Func; Args[0] is the call that it is passed to, if any
	opConvert                   // puts a value of type Func behind an interface with Methods
	opSink                      // blocks, serving: the call described by Text
	opTrap                      // traps Signals on the channel or context Keys[0]
	opIgnore                    // makes the process ignore Signals
	opWait                      // waits for something to happen to all of Keys
	opDone                      // tells those who wait for Keys[0]
	opStop                      // stops a server
	opHosted                    // hands the process to a host
	opRun                       // runs the commands of a command-line program
	opNote                      // calls Func of a dependency, which some rule asks for
	opDrain                     // stops a server of a kind that is known
	opAlias                     // makes the server Keys[1] known as Keys[0]
	opEscape                    // gives the server Keys[0] to a dependency
	opExit                      // ends the process with exit code Code
	opOption                    // tells a library how long its shutdown may take
	opTimed                     // waits for any of Keys, but not for ever
	opJoin                      // waits for the functions of the group Keys[0]
)

// Mode says how a function is called.
type Mode uint8

// The modes of calls.
const (
	plain    Mode = iota
	async         // in a goroutine
	deferred      // when the function ends
	joined        // in a goroutine whose end the caller waits for
)

// An Op is one thing that a function does.
type Op struct {
	Kind  OpKind
	Mode  Mode
	Func  string
	Index int
	Keys  []string
	// Args are the keys of the arguments of a call, receiver first, as far as
	// they are channels, groups or functions; empty strings elsewhere.
	Args    []string
	Methods []string // of the interface
	Signals Signals
	// Endless marks a call that is given a context which never ends.
	Endless bool
	// Command marks a reference that only the running of commands calls.
	Command bool
	// Unread marks a trap whose channel or context nobody looks at.
	Unread bool
	// Loop marks a sink that is an endless loop; Worker one without an inbound
	// port; Side a listener for diagnosis or metrics.
	Loop, Worker, Side bool
	Text               string
	Site               Site

	// Server is the kind of the server that is served or drained, of which
	// Keys[0] is the identity, Address where it listens if that is constant.
	Server  Kind
	Address string
	// Name is what the server is called, if it is not the receiver.
	Name string
	// Graceful marks a drain that finishes what has begun.
	Graceful bool
	Bound    *Bound
	// Aside marks a sink that, by the names around it, serves operators.
	Aside bool
	// Closed marks a sink that returns http.ErrServerClosed after a shutdown.
	Closed bool
	// Value marks a sink or drain that is a function value, not a call.
	Value bool
	// Code is an exit code, -1 if it is not constant.
	Code int
	// Group is the group that a function is handed to.
	Group string
	// Nil, Closing and Signal say where control goes behind a call if the error
	// that it returns is nil, http.ErrServerClosed, or a signal's.
	Nil, Closing, Signal *Outcome
	// Times are the deadlines of the arguments, as far as they are contexts or
	// durations; empty strings elsewhere.
	Times []string
	// Cases are the blocks that a select statement goes to for each of Keys.
	Cases []int

	instr ssa.CallInstruction // while the graph is made
	ran   bool                // a command that the program runs
}

// A Site is a place in a package of the main module: enough to find it again
// without the syntax. Lines and columns count from 1, columns in bytes.
type Site struct {
	Package string // import path
	File    string // base name
	Line    int
	Column  int
	EndLine int
	EndCol  int
}

// String spells where the site begins.
func (s Site) String() string { return fmt.Sprintf("%s:%s:%d:%d", s.Package, s.File, s.Line, s.Column) }

// Holds reports whether another site lies within the site.
func (s Site) Holds(t Site) bool {
	return s.Package == t.Package && s.File == t.File &&
		cmp.Or(cmp.Compare(s.Line, t.Line), cmp.Compare(s.Column, t.Column)) <= 0 &&
		cmp.Or(cmp.Compare(t.EndLine, s.EndLine), cmp.Compare(t.EndCol, s.EndCol)) <= 0
}
