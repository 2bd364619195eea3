package policies

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"github.com/opslint/opslint/internal/finding"
)

// A store holds what policies see as data. It converts a top-level key when a
// policy first reads below it: of most groups no policy looks into the
// inventory, because the joins have the answer.
type store struct {
	storage.Store // an empty one, for transactions
	converter     *converter
	parts         map[string]*part
}

// A part is a top-level key of data.
type part struct {
	value any

	once sync.Once
	term *ast.Term // nil if the value cannot be converted
	err  error
}

// errNotFound is what OPA takes for undefined.
var errNotFound = &storage.Error{Code: storage.NotFoundErr, Message: "no such value in data"}

// newStore returns a store of the keys in several maps, of which the last wins.
func newStore(c *converter, data ...map[string]any) *store {
	s := &store{Store: inmem.NewFromASTObject(ast.NewObject()), converter: c, parts: map[string]*part{}}
	for _, values := range data {
		for key, value := range values {
			s.parts[key] = &part{value: value}
		}
	}
	return s
}

// Read returns the value at a path.
func (s *store) Read(_ context.Context, _ storage.Transaction, path storage.Path) (any, error) {
	if len(path) == 0 {
		whole := ast.NewObject()
		for key := range s.parts {
			if term := s.part(key); term != nil {
				whole.Insert(ast.StringTerm(key), term)
			}
		}
		return whole, nil
	}
	term := s.part(path[0])
	for _, step := range path[1:] {
		term = child(term, step)
	}
	if term == nil {
		return nil, errNotFound
	}
	return term.Value, nil
}

// part returns the value of a top-level key, nil if there is none.
func (s *store) part(key string) *ast.Term {
	p := s.parts[key]
	if p == nil {
		return nil
	}
	p.once.Do(func() { p.term, p.err = s.converter.shared(p.value) })
	return p.term
}

// child returns the value below a key or index, nil if there is none.
func child(term *ast.Term, step string) *ast.Term {
	if term == nil {
		return nil
	}
	switch value := term.Value.(type) {
	case ast.Object:
		return value.Get(ast.StringTerm(step))
	case *ast.Array:
		if index, err := strconv.Atoi(step); err == nil && 0 <= index && index < value.Len() {
			return value.Elem(index)
		}
	}
	return nil
}

// trouble tells which keys that were read could not be converted.
func (s *store) trouble() []finding.Notice {
	var notices []finding.Notice
	for _, key := range slices.Sorted(maps.Keys(s.parts)) {
		if err := s.parts[key].err; err != nil {
			notices = append(notices, finding.Notice{Message: fmt.Sprintf("data.%s: %v", key, err), Incomplete: true})
		}
	}
	return notices
}
