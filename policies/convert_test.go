package policies

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/opslint/opslint/internal/document"
)

func TestConvert(t *testing.T) {
	leaf := &document.Node{Kind: document.Unknown, Text: "${X}"}
	root := &document.Node{Kind: document.Mapping, Members: []document.Member{
		{Key: "number", Value: &document.Node{Kind: document.Number, Text: "1.50"}},
		{Key: "truth", Value: &document.Node{Kind: document.Bool, Text: "true"}},
		{Key: "nothing", Value: &document.Node{Kind: document.Null}},
		{Key: "list", Value: &document.Node{Kind: document.Sequence, Items: []*document.Node{leaf}}},
	}}
	type name string
	for _, test := range []struct {
		value any
		want  string
	}{
		{root, `{"list": ["${X}"], "nothing": null, "number": 1.50, "truth": true}`},
		{(*document.Node)(nil), `null`},
		{nil, `null`},
		{[]string{"a"}, `["a"]`},
		{[]*document.Node{leaf}, `["${X}"]`},
		{map[string][]int{"a": {1, -2}}, `{"a": [1, -2]}`},
		{map[name]name{"a": "b"}, `{"a": "b"}`},
		{[]any{uint8(3), int64(4), float32(0.5), json.Number("1e3"), false}, `[3, 4, 0.5, 1e3, false]`},
		{2592000.0, `2592000`},
		{0.05, `0.05`},
		{1e300, `1e+300`},
	} {
		c := &converter{young: map[any]conversion{}}
		term, err := c.plain(test.value)
		if err != nil {
			t.Errorf("%v: %v", test.value, err)
			continue
		}
		if term.String() != test.want {
			t.Errorf("%v: got %s, want %s", test.value, term, test.want)
		}
	}
	for _, value := range []any{math.NaN(), math.Inf(1), make(chan int), []any{struct{}{}}, map[string]any{"a": func() {}}} {
		c := &converter{young: map[any]conversion{}}
		if term, err := c.plain(value); err == nil {
			t.Errorf("%T became %s", value, term)
		}
	}
}

func TestConverterForgets(t *testing.T) {
	c := &converter{young: map[any]conversion{}}
	kept, dropped := &document.Node{Kind: document.Mapping}, &document.Node{Kind: document.Mapping}
	first := c.node(kept)
	c.node(dropped)
	for range 3 {
		c.rotate()
		if c.node(kept) != first {
			t.Fatal("a value in use was converted again")
		}
	}
	if c.known(dropped) != nil {
		t.Error("a value out of use is kept")
	}
}
