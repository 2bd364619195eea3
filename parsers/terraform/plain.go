package terraform

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/zclconf/go-cty/cty"

	"github.com/opslint/opslint/internal/document"
)

// plain turns a value of ours into nodes without ranges.
func plain(value any) *document.Node {
	switch v := value.(type) {
	case string:
		return &document.Node{Kind: document.String, Text: v}
	case bool:
		return &document.Node{Kind: document.Bool, Text: strconv.FormatBool(v)}
	case json.Number:
		return &document.Node{Kind: document.Number, Text: v.String()}
	case []any:
		n := &document.Node{Kind: document.Sequence}
		for _, item := range v {
			n.Items = append(n.Items, plain(item))
		}
		return n
	case map[string]any:
		n := &document.Node{Kind: document.Mapping}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			n.Members = append(n.Members, document.Member{Key: key, Value: plain(v[key])})
		}
		return n
	}
	return &document.Node{Kind: document.Null, Text: "null"}
}

// plainValue turns a known value into plain Go values.
func plainValue(v cty.Value) any {
	v, _ = v.UnmarkDeep()
	switch {
	case !v.IsKnown() || v.IsNull():
		return nil
	case v.Type() == cty.String:
		return v.AsString()
	case v.Type() == cty.Bool:
		return v.True()
	case v.Type() == cty.Number:
		return json.Number(number(v.AsBigFloat()))
	case v.Type().IsObjectType() || v.Type().IsMapType():
		out := map[string]any{}
		for it := v.ElementIterator(); it.Next(); {
			key, item := it.Element()
			out[key.AsString()] = plainValue(item)
		}
		return out
	case v.CanIterateElements():
		out := []any{}
		for it := v.ElementIterator(); it.Next(); {
			_, item := it.Element()
			out = append(out, plainValue(item))
		}
		return out
	}
	return nil
}

// steps turns a path into what policies write: names and numbers.
func steps(path document.Path) []any {
	out := make([]any, len(path))
	for i, step := range path {
		if _, err := strconv.Atoi(step); err == nil {
			out[i] = json.Number(step)
		} else {
			out[i] = step
		}
	}
	return out
}

// paths sorts paths and drops repeats.
func paths(list []document.Path) []any {
	list = slices.Clone(list)
	slices.SortFunc(list, slices.Compare)
	list = slices.CompactFunc(list, slices.Equal)
	out := make([]any, len(list))
	for i, path := range list {
		out[i] = steps(path)
	}
	return out
}
