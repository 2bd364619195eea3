package taint

import (
	"strings"
	"testing"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

func TestLogFunctions(t *testing.T) {
	var l LogFunctions
	if err := l.Set("example.org/audit.Record: M,K/V, example.org/log/v2.(*Logger).Printf: F,V"); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{
		"example.org/audit.Record":      "MP",
		"example.org/log.Logger.Printf": "FV",
	} {
		f := l.byName[key]
		if f == nil {
			t.Errorf("%s is not known", key)
			continue
		}
		roles := ""
		for _, role := range f.Roles {
			roles += string(rune(role))
		}
		if roles != want || f.Kind != logapi.Sink {
			t.Errorf("%s has roles %s, want %s", key, roles, want)
		}
	}
}

func TestWrongLogFunctions(t *testing.T) {
	for entry, want := range map[string]string{
		"example.org/audit.Record":       "has no roles",
		"example.org/audit: M":           "has no name",
		"example.org/audit.Record: M, X": "unknown role",
	} {
		err := new(LogFunctions).Set(entry)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error is %v, want %q", entry, err, want)
		}
	}
}

func TestPathWithin(t *testing.T) {
	field, key, other := step16(1), step16(firstKey), step16(firstKey+1)
	for _, test := range []struct {
		a, b         path
		may, certain bool
	}{
		{"", field, true, true},
		{field, field + key, true, true},
		{field + key, field, false, false},
		{field + key, field + other, false, false},
		{field + anyItem, field + key, true, false},
		{field + key, field + anyItem, true, false},
		{step16(2), field, false, false},
		{anyItem, field, false, false},
	} {
		if may, certain := test.a.within(test.b); may != test.may || certain != test.certain {
			t.Errorf("%q within %q is %v, %v; want %v, %v", test.a, test.b, may, certain, test.may, test.certain)
		}
	}
}
