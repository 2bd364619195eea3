package taint

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"github.com/opslint/opslint/analyzers/internal/logapi"
)

// Functions are the log functions that the user named for the rules of the
// topics; each counts for all.
var Functions [topics]LogFunctions

// LogFunctions is the value of a flag: entries such as
//
//	example.org/audit.Record: M,K/V
//	example.org/log.(*Logger).Printf: F,V
//
// separated by semicolons or commas in front of another name.
type LogFunctions struct {
	text   string
	byName map[string]*logapi.Func
}

// String returns the entries.
func (l *LogFunctions) String() string { return l.text }

// Set reads the entries.
func (l *LogFunctions) Set(text string) error {
	l.text, l.byName = text, make(map[string]*logapi.Func)
	for _, entry := range splitEntries(text) {
		name, roles, ok := strings.Cut(entry, ":")
		if !ok {
			return fmt.Errorf("log function %q has no roles: write %q", entry, "example.org/pkg.Func: M,K/V")
		}
		key, short, err := parseName(strings.TrimSpace(name))
		if err != nil {
			return err
		}
		f := &logapi.Func{Library: "custom", Name: short, Kind: logapi.Sink, Class: logapi.Either}
		for role := range strings.SplitSeq(roles, ",") {
			r, ok := roleNames[strings.TrimSpace(role)]
			if !ok {
				return fmt.Errorf("log function %q has unknown role %q: M, F, V, K/V, A, C, E and . are known", name, strings.TrimSpace(role))
			}
			f.Roles = append(f.Roles, r)
		}
		if slices.Contains(f.Roles, logapi.Format) {
			f.Class = logapi.Plain
		}
		l.byName[key] = f
	}
	return nil
}

var roleNames = map[string]logapi.Role{
	"M": logapi.Message, "F": logapi.Format, "V": logapi.Values, "K/V": logapi.Pairs, "A": logapi.Attrs,
	"C": logapi.Context, "E": logapi.Err, ".": logapi.Other, "m": logapi.Map,
}

// splitEntries splits at commas and semicolons, but for the commas between the
// roles of an entry.
func splitEntries(text string) []string {
	var entries []string
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ';' }) {
		part = strings.TrimSpace(part)
		switch {
		case part == "":
		case !strings.Contains(part, ":") && len(entries) > 0 && strings.Contains(entries[len(entries)-1], ":"):
			entries[len(entries)-1] += "," + part
		default:
			entries = append(entries, part)
		}
	}
	return entries
}

// parseName turns "example.org/pkg.(*T).Method" into the key that a function is
// looked up by and a name for people.
func parseName(name string) (key, short string, err error) {
	slash := strings.LastIndexByte(name, '/')
	dot := strings.IndexByte(name[slash+1:], '.')
	if dot <= 0 || slash+1+dot == len(name)-1 {
		return "", "", fmt.Errorf("log function %q has no name: write %q or %q", name, "example.org/pkg.Func", "example.org/pkg.(*T).Method")
	}
	path, rest := name[:slash+1+dot], name[slash+dot+2:]
	rest = strings.NewReplacer("(", "", ")", "", "*", "").Replace(rest)
	return logapi.Path(path) + "." + rest, path[slash+1:] + "." + rest, nil
}

// namedByUser returns the entry of a function that the user named.
func namedByUser(fn *types.Func) (*logapi.Func, bool) {
	for t := range Functions {
		if len(Functions[t].byName) == 0 {
			continue
		}
		if f, ok := Functions[t].byName[calleeOf(fn).title]; ok {
			return f, true
		}
	}
	return nil, false
}
