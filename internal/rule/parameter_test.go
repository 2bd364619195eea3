package rule

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParameterConvert(t *testing.T) {
	for _, test := range []struct {
		kind  ParameterType
		value any
		want  any
	}{
		{TypeNumber, 3, 3.0},
		{TypeNumber, int64(3), 3.0},
		{TypeNumber, 0.5, 0.5},
		{TypeNumber, json.Number("2.5"), 2.5},
		{TypeDuration, "30s", 30.0},
		{TypeDuration, "720h", 30 * 86400.0},
		{TypeDuration, "30d", 30 * 86400.0},
		{TypeDuration, "1d12h", 36 * 3600.0},
		{TypeDuration, "0.5d", 43200.0},
		{TypeDuration, "1500ms", 1.5},
		{TypeString, "x", "x"},
		{TypeBool, false, false},
		{TypeStrings, []string{"a"}, []any{"a"}},
		{TypeStrings, []any{"a", "b"}, []any{"a", "b"}},
		{TypeStrings, []any{}, []any{}},
	} {
		p := Parameter{Type: test.kind}
		got, err := p.Convert(test.value)
		if err != nil {
			t.Errorf("%s %v: %v", test.kind, test.value, err)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s %v: %s", test.kind, test.value, diff)
		}
	}
}

func TestParameterConvertRefuses(t *testing.T) {
	for _, test := range []struct {
		kind  ParameterType
		value any
		want  string
	}{
		{TypeNumber, "3", `want a number, not "3"`},
		{TypeNumber, nil, `want a number, not nothing`},
		{TypeDuration, 30, `want a duration such as "30s" or "30d", not 30`},
		{TypeDuration, "", `want a duration such as "30s" or "30d", not ""`},
		{TypeDuration, "soon", `want a duration such as "30s" or "30d", not "soon"`},
		{TypeDuration, "-3s", `want a duration such as "30s" or "30d", not "-3s"`},
		{TypeDuration, "NaNd", `want a duration such as "30s" or "30d", not "NaNd"`},
		{TypeString, true, `want a string, not true`},
		{TypeBool, "yes", `want true or false, not "yes"`},
		{TypeStrings, "a", `want a list of strings, not "a"`},
		{TypeStrings, []any{1}, `want a list of strings, but it holds 1`},
		{"colour", 1, `unknown parameter type "colour"`},
	} {
		p := Parameter{Type: test.kind}
		got, err := p.Convert(test.value)
		if err == nil || err.Error() != test.want {
			t.Errorf("%s %v: got %v, %v; want error %s", test.kind, test.value, got, err, test.want)
		}
	}
}
