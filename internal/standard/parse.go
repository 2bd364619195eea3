package standard

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/opslint/opslint/internal/rule"
)

// Parse reads a standard from JSON: a name, clauses, and the numbers that differ
// from those of opslint's own. Unknown keys are mistakes like any other; the
// error tells all of them, each with its clause and what is wanted.
func Parse(content []byte) (*Standard, error) {
	var file struct {
		Name    string            `json:"name"`
		Numbers map[string]any    `json:"numbers"`
		Clauses []json.RawMessage `json:"clauses"`
	}
	if err := decode(content, &file); err != nil {
		return nil, fmt.Errorf("read standard: %w", err)
	}
	s := &Standard{Name: file.Name, Numbers: DefaultNumbers(), byID: make(map[string]*Clause, len(file.Clauses))}
	var mistakes []error
	if s.Name == "" {
		mistakes = append(mistakes, errors.New("read standard: no name: want what people call it"))
	}
	if len(file.Clauses) == 0 {
		mistakes = append(mistakes, errors.New("read standard: no clauses: want at least one"))
	}
	if err := s.Numbers.replace(file.Numbers); err != nil {
		mistakes = append(mistakes, fmt.Errorf("read standard: %w", err))
	}
	for i, raw := range file.Clauses {
		c, err := parseClause(raw)
		if err == nil {
			err = s.add(c)
		}
		if err != nil {
			mistakes = append(mistakes, fmt.Errorf("read standard: clause %s: %w", nameOf(raw, i), err))
		}
	}
	if len(mistakes) == 0 {
		mistakes = s.checkRollUps()
	}
	if len(mistakes) > 0 {
		return nil, errors.Join(mistakes...)
	}
	return s, nil
}

// nameOf names a clause in errors: by its ID if it has one that can be read.
func nameOf(raw json.RawMessage, index int) string {
	var c struct {
		ID string `json:"id"`
	}
	if json.Unmarshal(raw, &c) != nil || c.ID == "" {
		return fmt.Sprintf("number %d", index+1)
	}
	return c.ID
}

// decode reads an object, strictly.
func decode(content []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return explain(content, into, err)
	}
	if rest := bytes.TrimSpace(content[decoder.InputOffset():]); len(rest) > 0 {
		return fmt.Errorf("%.20q follows after the end: want one object", rest)
	}
	return nil
}

// keysOf returns the keys that a pointer to a struct is read from.
func keysOf(into any) []string {
	var keys []string
	for field := range reflect.TypeOf(into).Elem().Fields() {
		key, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		keys = append(keys, key)
	}
	return keys
}

// explain says in the words of a standard's author what is wrong with the JSON.
func explain(content []byte, into any, err error) error {
	// The library has no type for this error.
	if key, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		known := keysOf(into)
		return fmt.Errorf("unknown key %s%s: want %s", key, rule.Suggest(strings.Trim(key, `"`), known), strings.Join(known, ", "))
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the file ends too early: want one whole object")
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		line := 1 + bytes.Count(content[:min(int(syntax.Offset), len(content))], []byte("\n"))
		return fmt.Errorf("line %d: %w", line, err)
	}
	mismatch, ok := errors.AsType[*json.UnmarshalTypeError](err)
	if !ok {
		return err
	}
	word, _, _ := strings.Cut(mismatch.Value, " ") // "number 1e999"
	if mismatch.Field == "" {
		return fmt.Errorf("want a mapping, not %s", values[word])
	}
	return fmt.Errorf("%s: want %s, not %s", mismatch.Field, kinds[mismatch.Type.Kind()], values[word])
}

// kinds and values name what a field wants and what JSON has.
var kinds = map[reflect.Kind]string{
	reflect.Float64: "a smaller number",
	reflect.String:  "a text",
	reflect.Bool:    "true or false",
	reflect.Slice:   "a list",
	reflect.Map:     "a mapping",
	reflect.Uint8:   "error, warning or note", // a severity
}

var values = map[string]string{
	"string": "a text",
	"bool":   "true or false",
	"array":  "a list",
	"object": "a mapping",
	"number": "a number",
}

func parseClause(raw json.RawMessage) (*Clause, error) {
	c := &Clause{}
	if err := decode(raw, c); err != nil {
		return nil, err
	}
	return c, c.check()
}

var (
	idPattern     = pattern(`^[A-Z]+-([0-9]+|[A-Z]+)(\.([0-9]+|[A-Z]+))?$`)
	rulePattern   = pattern(`^[a-z][a-z0-9]*(-[a-z0-9]+)*/[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	digestPattern = pattern(`^sha256:[0-9a-f]{64}$`)
)

// pattern is a regular expression that costs nothing before it is used.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

// IsID reports whether a text has the form of a clause's ID.
func IsID(text string) bool { return idPattern().MatchString(text) }

// check returns the first thing that is wrong with a clause by itself.
func (c *Clause) check() error {
	switch {
	case !IsID(c.ID):
		return fmt.Errorf("id %q: want one such as OPS-9.3 or ACME-SEC.1", c.ID)
	case c.Text == "":
		return errors.New("no text: want the demand in one sentence")
	case c.Level.Meaning() == "":
		return fmt.Errorf("level %q: want static, partial or manual", string(c.Level))
	case c.Severity == rule.Off:
		return errors.New("no severity: want error, warning or note")
	case c.Digest != "" && !digestPattern().MatchString(c.Digest):
		return fmt.Errorf("digest %q: want sha256: and 64 hexadecimal digits", c.Digest)
	case c.Digest != "" && c.Source == "":
		return errors.New("a digest without a source: want the headings and the bullet it is taken from")
	case c.Level != Manual && len(c.Rules) == 0 && len(c.RollUpOf) == 0:
		return fmt.Errorf("neither rules nor roll_up_of: want one of them, or level %s", Manual)
	}
	for i, id := range c.Rules {
		if !rulePattern().MatchString(id) {
			return fmt.Errorf("rule %q: want an ID such as kubernetes/missing-readiness-probe", id)
		}
		if slices.Contains(c.Rules[:i], id) {
			return fmt.Errorf("rule %s stands twice: want it once", id)
		}
	}
	for _, id := range c.OffByDefault {
		if !slices.Contains(c.Rules, id) {
			return fmt.Errorf("off_by_default %q: want one of the clause's rules", id)
		}
	}
	return nil
}

func (s *Standard) add(c *Clause) error {
	if s.byID[c.ID] != nil {
		return errors.New("stands twice: want every ID once")
	}
	s.byID[c.ID] = c
	s.Clauses = append(s.Clauses, c)
	return nil
}

// checkRollUps checks that clauses roll up others that exist, and that none
// rolls up itself, however far down.
func (s *Standard) checkRollUps() []error {
	var mistakes []error
	for _, c := range s.Clauses {
		for _, id := range c.RollUpOf {
			if s.byID[id] == nil {
				mistakes = append(mistakes, fmt.Errorf("read standard: clause %s: roll_up_of %q: want a clause of this standard%s",
					c.ID, id, rule.Suggest(id, s.IDs())))
			}
		}
		if s.reaches(c, c.ID, map[string]bool{}) {
			mistakes = append(mistakes, fmt.Errorf("read standard: clause %s: rolls up itself: want other clauses in roll_up_of", c.ID))
		}
	}
	return mistakes
}

func (s *Standard) reaches(c *Clause, id string, seen map[string]bool) bool {
	for _, next := range c.RollUpOf {
		if next == id {
			return true
		}
		if child := s.byID[next]; child != nil && !seen[next] {
			seen[next] = true
			if s.reaches(child, id, seen) {
				return true
			}
		}
	}
	return false
}
