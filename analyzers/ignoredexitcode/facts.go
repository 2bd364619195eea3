package ignoredexitcode

import (
	"github.com/opslint/opslint/analyzers/internal/shutdown"
)

// Endings is the fact of a package: how its functions end where something has
// failed. Whether the process ends with them is known by the program. Every
// package of the user's has one.
type Endings struct {
	Funcs []Func
	// Commands are the functions that commands of cobra or urfave/cli run, by ID.
	Commands []string
}

// AFact marks Endings as a fact.
func (*Endings) AFact() {}

// A Func is a function that may end well after a failure, or that ends with
// another that may.
type Func struct {
	ID string
	// Checked are the branches that end badly, as they should.
	Checked []shutdown.Site
	Faults  []Fault
	// Ends are the functions with whose end this one ends, by ID.
	Ends []string
	// Fails is true if the function returns an error.
	Fails bool
}

// A Fault is a place where a failure ends well.
type Fault struct {
	Site    shutdown.Site
	Failed  string // what failed
	Message string
	// Runs marks the dropped error of what runs the commands of the program.
	Runs bool
}
