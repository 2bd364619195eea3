package policies

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/opslint/opslint/internal/document"
)

// A converter turns documents and plain values into OPA's values without a
// detour through JSON. What several groups share (their documents, the objects
// outside of them) is converted once. It is safe for concurrent use.
type converter struct {
	mu sync.Mutex
	// Two generations, by *document.Node or by the address of a map: what the
	// last but one evaluation used and this one did not is forgotten.
	young, old map[any]conversion

	keys sync.Map // the terms of short keys by their text
}

// A conversion keeps its origin so that no other value gets its address.
type conversion struct {
	origin any
	term   *ast.Term
}

// rotate starts a new generation.
func (c *converter) rotate() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.old, c.young = c.young, map[any]conversion{}
}

// known returns the term that a key was converted to.
func (c *converter) known(key any) *ast.Term {
	c.mu.Lock()
	defer c.mu.Unlock()
	found, ok := c.young[key]
	if !ok {
		if found, ok = c.old[key]; ok {
			c.young[key] = found
		}
	}
	return found.term
}

func (c *converter) remember(key, origin any, term *ast.Term) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.young[key] = conversion{origin, term}
}

// input converts the root of a document. Most are asked for only once and not
// remembered, unless data refers to them.
func (c *converter) input(n *document.Node) *ast.Term {
	if term := c.known(n); term != nil {
		return term
	}
	return c.nodeTerm(n)
}

// node converts a document, or a part of one, that data refers to.
func (c *converter) node(n *document.Node) *ast.Term {
	term := c.known(n)
	if term == nil {
		term = c.nodeTerm(n)
		c.remember(n, nil, term)
	}
	return term
}

// shared converts a value of a group's data that other groups may hold too.
func (c *converter) shared(value any) (*ast.Term, error) {
	m, ok := value.(map[string]any)
	if !ok {
		return c.plain(value)
	}
	key := reflect.ValueOf(m).Pointer()
	if term := c.known(key); term != nil {
		return term, nil
	}
	term, err := c.plain(m)
	if err == nil {
		c.remember(key, m, term)
	}
	return term, err
}

// plain converts a plain Go value.
func (c *converter) plain(value any) (*ast.Term, error) {
	switch v := value.(type) {
	case nil:
		return ast.NullTerm(), nil
	case *document.Node:
		if v == nil {
			return ast.NullTerm(), nil
		}
		return c.node(v), nil
	case string:
		return ast.StringTerm(v), nil
	case bool:
		return ast.BooleanTerm(v), nil
	case int:
		return ast.IntNumberTerm(v), nil
	case float64:
		return floatTerm(v)
	case json.Number:
		return ast.NumberTerm(v), nil
	case map[string]any:
		object := ast.NewObjectWithCapacity(len(v))
		for key, item := range v {
			term, err := c.plain(item)
			if err != nil {
				return nil, err
			}
			object.Insert(c.key(key), term)
		}
		return ast.NewTerm(object), nil
	case []any:
		items := make([]*ast.Term, len(v))
		for i, item := range v {
			term, err := c.plain(item)
			if err != nil {
				return nil, err
			}
			items[i] = term
		}
		return ast.ArrayTerm(items...), nil
	}
	return c.reflected(reflect.ValueOf(value))
}

// reflected converts named and specific types: []string, map[string]string, ….
func (c *converter) reflected(v reflect.Value) (*ast.Term, error) {
	switch {
	case v.Kind() == reflect.String:
		return ast.StringTerm(v.String()), nil
	case v.Kind() == reflect.Bool:
		return ast.BooleanTerm(v.Bool()), nil
	case v.CanInt():
		return ast.NumberTerm(json.Number(strconv.FormatInt(v.Int(), 10))), nil
	case v.CanUint():
		return ast.NumberTerm(json.Number(strconv.FormatUint(v.Uint(), 10))), nil
	case v.CanFloat():
		return floatTerm(v.Float())
	case v.Kind() == reflect.Slice || v.Kind() == reflect.Array:
		items := make([]any, v.Len())
		for i := range items {
			items[i] = v.Index(i).Interface()
		}
		return c.plain(items)
	case v.Kind() == reflect.Map && v.Type().Key().Kind() == reflect.String:
		object := make(map[string]any, v.Len())
		for key, value := range v.Seq2() {
			object[key.String()] = value.Interface()
		}
		return c.plain(object)
	}
	return nil, fmt.Errorf("%s is no plain value", v.Type())
}

func floatTerm(f float64) (*ast.Term, error) {
	switch {
	case math.IsNaN(f) || math.IsInf(f, 0):
		return nil, fmt.Errorf("%v is no number", f)
	case f == math.Trunc(f) && math.Abs(f) < 1<<53: // 2592000, not 2.592e+06: policies print it
		return ast.NumberTerm(json.Number(strconv.FormatInt(int64(f), 10))), nil
	}
	return ast.NumberTerm(json.Number(strconv.FormatFloat(f, 'g', -1, 64))), nil
}

// key converts a key. All objects of a kind have the same ones, so each exists
// once.
func (c *converter) key(text string) *ast.Term {
	if len(text) > longKey {
		return ast.StringTerm(text)
	}
	if term, ok := c.keys.Load(text); ok {
		return term.(*ast.Term)
	}
	term, _ := c.keys.LoadOrStore(text, ast.StringTerm(text))
	return term.(*ast.Term)
}

// longKey is the length above which a key is taken for a name, of which there
// are many.
const longKey = 32

// nodeTerm converts a node and all below it. An unknown value is what its
// author wrote.
func (c *converter) nodeTerm(n *document.Node) *ast.Term {
	switch n.Kind {
	case document.Bool:
		return ast.BooleanTerm(n.Text == "true")
	case document.Number:
		return ast.NumberTerm(json.Number(n.Text))
	case document.String, document.Unknown:
		return ast.StringTerm(n.Text)
	case document.Sequence:
		items := make([]*ast.Term, len(n.Items))
		for i, item := range n.Items {
			items[i] = c.nodeTerm(item)
		}
		return ast.ArrayTerm(items...)
	case document.Mapping:
		object := ast.NewObjectWithCapacity(len(n.Members))
		for i := range n.Members {
			if m := &n.Members[i]; !m.Hidden {
				object.Insert(c.key(m.Key), c.nodeTerm(m.Value))
			}
		}
		return ast.NewTerm(object)
	}
	return ast.NullTerm()
}
