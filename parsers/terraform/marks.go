package terraform

import (
	"github.com/zclconf/go-cty/cty"

	"github.com/opslint/opslint/internal/source"
)

// Marks travel with values through operators, templates, functions and
// conversions; they are taken off before a value reaches a document.

// A reference marks a value that comes from an attribute of a resource, data
// source or unresolved module.
type reference struct {
	address   string // of the instance: `module.data.aws_s3_bucket.logs["eu"]`
	attribute string // "" if it is not clear which
}

// An origin marks a value with where it was written, if that is not where it
// is used.
type origin struct {
	file *source.File
	at   source.Range
	kind originKind
	name string // "var.retention"
	call string // the address of the called instance that the value is passed to
}

type originKind string

const (
	fromDefault originKind = "default" // of a variable
	fromFile    originKind = "file"    // of variable values
	fromCall    originKind = "call"    // argument of a module call
)

// A secret marks what must not be printed.
type secret struct{}

func isString(v cty.Value) bool {
	v, _ = v.Unmark()
	return v.Type() == cty.String && v.IsKnown() && !v.IsNull()
}

// bare returns a value without its own marks; those inside it stay.
func bare(v cty.Value) cty.Value {
	v, _ = v.Unmark()
	return v
}
