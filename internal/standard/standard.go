// Package standard holds what opslint checks against: the text of the operations
// standard, its clauses, and its numbers, each in one place.
//
// Start with [Default]. Clauses are data (clauses.json, beside the text they were
// written from, standard.md); [Parse] reads them, strictly. Nothing is read
// before somebody asks. The numbers ([DefaultNumbers]) need no reading, since
// every run wants them.
package standard

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/opslint/opslint/internal/rule"
)

// A Standard is numbered demands and the text they come from.
type Standard struct {
	Name    string
	Clauses []*Clause // in the order of the text
	Numbers Numbers
	// Text is the standard itself, Markdown; empty if it is not at hand.
	Text string

	byID map[string]*Clause // by ID in capitals
}

// A Clause is one demand.
type Clause struct {
	ID   string `json:"id"`   // never renumbered, never reused
	Text string `json:"text"` // the demand in one sentence
	// Source is where the demand stands in the standard's text: headings, then
	// the bullet, joined by " > ".
	Source string `json:"source,omitempty"`
	// Digest is the passage's at Source when the clause was written from it; see
	// [Standard.Drifted].
	Digest string `json:"digest,omitempty"`
	Level  Level  `json:"level"`
	// Example says that the demand stems from a code sample of the standard.
	Example bool `json:"example,omitempty"`
	// Severity is that of a finding; a rule may state a lower one.
	Severity  rule.Severity `json:"severity"`
	Artifacts []string      `json:"artifacts,omitempty"` // where to look
	Semantics string        `json:"semantics,omitempty"` // what must hold
	// PassEvidence is what must be on record before a pass may be said.
	PassEvidence string `json:"pass_evidence,omitempty"`
	// NotApplicableWhen must be positively true for the clause to be left out.
	NotApplicableWhen string `json:"not_applicable_when,omitempty"`
	// Rules are the IDs of the rules that decide the clause, built or not.
	Rules []string `json:"rules,omitempty"`
	// OffByDefault are those of the rules that run only when switched on. A
	// clause all of whose rules are off is undetermined, never passed.
	OffByDefault []string `json:"off_by_default,omitempty"`
	// RollUpOf are the clauses whose verdicts combine into this one's.
	RollUpOf []string `json:"roll_up_of,omitempty"`
}

// Level is how much of a clause a repository can show.
type Level string

// The levels.
const (
	Static  Level = "static"
	Partial Level = "partial"
	Manual  Level = "manual"
)

// Meaning says in one line what the level promises.
func (l Level) Meaning() string {
	switch l {
	case Static:
		return "a repository shows the whole answer"
	case Partial:
		return "a repository shows part of it; the rest needs an attestation or a platform claim"
	case Manual:
		return "only people can answer; needs an attestation"
	}
	return ""
}

//go:embed clauses.json
var defaultClauses []byte

//go:embed standard.md
var defaultText string

var parseDefault = sync.OnceValue(func() *Standard {
	s, err := Parse(defaultClauses)
	if err != nil {
		panic(err) // the tests read the same bytes
	}
	s.Text = defaultText
	return s
})

// Default returns the standard that opslint comes with, read on the first call.
// It is shared: nobody may change it.
func Default() *Standard { return parseDefault() }

// Clause returns the clause with an ID, in capitals or not, or nil.
func (s *Standard) Clause(id string) *Clause { return s.byID[strings.ToUpper(id)] }

// IDs returns the IDs of all clauses, in order.
func (s *Standard) IDs() []string {
	ids := make([]string, len(s.Clauses))
	for i, c := range s.Clauses {
		ids[i] = c.ID
	}
	return ids
}
