package loggers

import (
	"cmp"

	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// A Kind says what an [Event] is.
type Kind uint8

// The kinds of events.
const (
	Make    Kind = iota + 1 // makes a logger or what one writes through
	Bind                    // derives a logger that carries more attributes
	Install                 // makes a logger the default one of its library
	Write                   // says where a logger writes
	Level                   // says from which level on a logger writes
	Use                     // first call of a library's default logger
	flow                    // says what a slot may hold
)

// An Event is something that a function does to loggers.
type Event struct {
	Kind    Kind
	Library string // "zap"
	Text    string // "zap.NewProduction"; of a flow, its slot
	Site    shutdown.Site
	// Condition is when it is done.
	Condition Condition
	// Base is the logger or handler that it starts from; of a flow, the value.
	Base Value
	// Writer and Levels are what it says about them; nil if it says nothing.
	Writer, Levels Value
	// Default: Levels is what the library does by itself.
	Default bool
	// Keys are the attributes that it binds; an unknown source means that there
	// may be more.
	Keys Value
	// Request: it is done for one request, not for the program.
	Request bool
}

func (e Event) compare(f Event) int {
	return cmp.Or(compareSites(e.Site, f.Site), cmp.Compare(e.Kind, f.Kind), cmp.Compare(e.Text, f.Text))
}

func compareSites(a, b shutdown.Site) int {
	return cmp.Or(
		cmp.Compare(a.Package, b.Package), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Column, b.Column), cmp.Compare(a.EndLine, b.EndLine), cmp.Compare(a.EndCol, b.EndCol),
	)
}

// An Origin says where a value comes from.
type Origin uint8

// The origins. Those of writers follow Stream.
const (
	Unknown  Origin = iota
	Constant        // Text is it
	Outside         // the environment, a flag, a configuration
	Made            // by the event at Site
	Standard        // the default logger of the library Text
	ref             // what the slot Text holds
	Stream          // a standard stream
	Nowhere         // a buffer, or nothing at all
	File            // opened by the path Text, if it is known
	Rotation        // a file that is rotated: Text is its path, if known
	Syslog          // a connection to syslog
)

// A Source is one place that a value may come from.
type Source struct {
	Origin Origin
	Text   string
	// Slot holds the path of a file, if that is known only elsewhere.
	Slot string
	// Site is the expression that says so.
	Site shutdown.Site
	// Via is the call that handed the value on to the function that uses it.
	Via shutdown.Site
	// Condition is when it comes from there.
	Condition Condition
}

// A Value is all that a value may come from.
type Value []Source

// Known reports whether a value is the same constant always, and which one.
func (v Value) Known() (string, bool) {
	if len(v) == 0 {
		return "", false
	}
	for _, s := range v {
		if s.Origin != Constant || s.Text != v[0].Text || s.Condition.Branch != Always && len(v) > 1 {
			return "", false
		}
	}
	return v[0].Text, v[0].Condition.Branch == Always
}

// Has reports whether one of the sources is of an origin.
func (v Value) Has(o Origin) bool {
	for _, s := range v {
		if s.Origin == o {
			return true
		}
	}
	return false
}

func unknown() Value { return Value{{Origin: Unknown}} }

func fixed(text string) Value { return Value{{Origin: Constant, Text: text}} }
