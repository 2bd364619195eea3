// Package rule describes the demands that opslint checks, as pure data. Where a
// rule is implemented (a Rego policy, a Go analyzer) it also declares its
// [Rule]; documentation, reports and configuration are made from that.
package rule

import (
	"fmt"
	"strings"
)

// Severity is how much a finding matters; the values are SARIF's levels.
type Severity uint8

// The severities, in rising order. Off is only a setting, never a finding's.
const (
	Off Severity = iota
	Note
	Warning
	Error
)

var severityNames = [...]string{"off", "note", "warning", "error"}

// String returns the severity as configuration files spell it.
func (s Severity) String() string { return severityNames[s] }

// MarshalText implements encoding.TextMarshaler.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (s *Severity) UnmarshalText(text []byte) error {
	parsed, err := ParseSeverity(string(text))
	*s = parsed
	return err
}

// ParseSeverity reads off, note, warning or error.
func ParseSeverity(text string) (Severity, error) {
	for i, name := range severityNames {
		if name == text {
			return Severity(i), nil
		}
	}
	return Off, fmt.Errorf("unknown severity %q (off, note, warning or error)", text)
}

// Scope says what a rule looks at besides the place it reports.
type Scope string

// The scopes. A document rule sees one document; a workspace rule also sees the
// inventory but reports the document in hand; a package rule reads Go packages.
const (
	ScopeDocument  Scope = "document"
	ScopeWorkspace Scope = "workspace"
	ScopePackage   Scope = "package"
)

// A Rule is one demand.
type Rule struct {
	ID          string   `json:"id"` // family/pattern-in-kebab-case, never reused
	Aliases     []string `json:"aliases,omitempty"`
	Title       string   `json:"title"`
	Description string   `json:"description"` // Markdown: why it matters, what counts
	Remedy      string   `json:"remedy"`      // one line, imperative
	Severity    Severity `json:"severity"`    // a finding may carry a lower one
	Clauses     []string `json:"clauses"`     // of the standard, most important first
	Scope       Scope    `json:"scope"`
	// Kinds of documents the rule is dispatched on; empty for package rules,
	// ["*"] for all kinds of the family.
	Kinds []string `json:"kinds,omitempty"`
	// Documents is the family of the documents that the rule is about, empty
	// for package rules. It differs from Family only in the user's own rules.
	Documents  string      `json:"-"`
	Parameters []Parameter `json:"parameters,omitempty"`
	Example    Example     `json:"-"`
	// OptIn rules run only when configuration or --only names them.
	OptIn bool `json:"opt_in,omitempty"`
	// Secret rules report values that must stay secret: no report shows the
	// lines of their findings. Their messages name the key, never the value.
	Secret bool `json:"secret,omitempty"`
	// Custom rules come from the user's own policies.
	Custom bool `json:"custom,omitempty"`
}

// Family returns the part of the ID before the slash.
func (r *Rule) Family() string { family, _, _ := strings.Cut(r.ID, "/"); return family }

// Stem returns the part of the ID behind the slash, with underscores: the name
// of its file, of its Rego package and of its parameters in data.config.
func (r *Rule) Stem() string {
	_, name, _ := strings.Cut(r.ID, "/")
	return strings.ReplaceAll(name, "-", "_")
}

// A Parameter is a number, text or list that an organisation may change.
type Parameter struct {
	Name        string        `json:"name"`
	Type        ParameterType `json:"type"`
	Description string        `json:"description"`
	// Default has the type's Go form: float64 (number; duration in seconds),
	// string, bool, or []any of strings.
	Default any `json:"default"`
	// Standard names the number of the standard that the default is taken from,
	// empty if it is opslint's own choice.
	Standard string `json:"standard,omitempty"`
}

// ParameterType is the type of a [Parameter].
type ParameterType string

// The parameter types. A duration is written as in Go, or with d for days
// ("30s", "720h", "30d"), and reaches policies as a number of seconds.
const (
	TypeNumber   ParameterType = "number"
	TypeDuration ParameterType = "duration"
	TypeString   ParameterType = "string"
	TypeBool     ParameterType = "boolean"
	TypeStrings  ParameterType = "strings"
)

// An Example is a pair of realistic artifacts: what the rule reports and the
// same thing done right.
type Example struct {
	Files []ExampleFile
}

// An ExampleFile is one file of an example. Bad files have findings.
type ExampleFile struct {
	Name    string
	Content string
	Bad     bool
}
