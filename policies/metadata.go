package policies

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/opslint/opslint/internal/rule"
)

// METADATA is read here and not by OPA: its own reader doubles the time that
// parsing takes, and every start of opslint would pay for that.

// A block is the text of the METADATA comment above a package clause, without
// comment markers.
type block struct {
	file string
	line int // of its first line, counted from 1
	text string
}

// findBlock returns the METADATA block above the package clause of a Rego file
// and the path of the package. Text is empty if there is no block.
func findBlock(file, text string) (b block, pkg string) {
	b.file = file
	var body strings.Builder
	open := false
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimRight(line, " \t\r\n")
		comment, isComment := strings.CutPrefix(line, "#")
		switch {
		case isComment && strings.TrimSpace(comment) == "METADATA":
			body.Reset()
			b.line, open = number+1, true
		case isComment && open:
			body.WriteString(strings.TrimPrefix(comment, " "))
			body.WriteByte('\n')
		case isComment: // of another kind: a licence
		case line == "":
			open = false
		default:
			b.text = body.String()
			path, isPackage := strings.CutPrefix(line, "package ")
			if !isPackage {
				return b, ""
			}
			path, _, _ = strings.Cut(path, "#")
			return b, strings.TrimSpace(path)
		}
	}
	return b, ""
}

// readMetadata reads the block of a rule. The error has the place in the file.
func readMetadata(b block) (*rule.Rule, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(b.text), &doc); err != nil {
		return nil, b.syntaxError(err)
	}
	if len(doc.Content) == 0 {
		return nil, fmt.Errorf("%s:%d: METADATA is empty", b.file, b.line)
	}
	r := &rule.Rule{Scope: rule.ScopeDocument}
	root := doc.Content[0]
	ignore := func(*yaml.Node) error { return nil } // OPA's own, without meaning here
	err := b.mapping(root, fields{
		"title":             b.text1(&r.Title),
		"description":       b.prose(&r.Description),
		"scope":             b.oneOf(nil, "package"),
		"custom":            func(n *yaml.Node) error { return b.mapping(n, b.custom(r)) },
		"related_resources": ignore,
		"authors":           ignore,
		"organizations":     ignore,
	})
	if err != nil {
		return nil, err
	}
	if err := complete(r); err != nil {
		return nil, b.errorf(root, "%w", err)
	}
	return r, nil
}

// custom lists the fields below "custom".
func (b *block) custom(r *rule.Rule) fields {
	return fields{
		"id":         b.matching(&r.ID, idPattern, "an ID such as kubernetes/missing-readiness-probe"),
		"aliases":    b.list(&r.Aliases, idPattern, "an ID such as kubernetes/missing-readiness-probe"),
		"family":     b.matching(&r.Documents, wordPattern, "a family such as kubernetes"),
		"severity":   b.severity(&r.Severity),
		"clauses":    b.list(&r.Clauses, clausePattern, "a clause such as OPS-9.2"),
		"kinds":      b.list(&r.Kinds, kindPattern, `a kind such as Deployment, or "*"`),
		"remedy":     b.text1(&r.Remedy),
		"scope":      b.oneOf((*string)(&r.Scope), string(rule.ScopeDocument), string(rule.ScopeWorkspace)),
		"opt_in":     b.truth(&r.OptIn),
		"secret":     b.truth(&r.Secret),
		"parameters": func(n *yaml.Node) error { return b.parameters(n, r) },
	}
}

var (
	idPattern     = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*/[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	wordPattern   = regexp.MustCompile(`^[a-z][a-z0-9]*$`)
	namePattern   = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	kindPattern   = regexp.MustCompile(`^(\*|[A-Za-z][A-Za-z0-9_]*)$`)
	clausePattern = regexp.MustCompile(`^[A-Z]+-([0-9]+|[A-Z]+)(\.([0-9]+|[A-Z]+))?$`)
)

// complete checks that nothing is missing.
func complete(r *rule.Rule) error {
	for _, field := range []struct {
		name    string
		missing bool
	}{
		{"title", r.Title == ""},
		{"description", r.Description == ""},
		{"custom.id", r.ID == ""},
		{"custom.severity", r.Severity == rule.Off},
		{"custom.kinds", len(r.Kinds) == 0},
		{"custom.remedy", r.Remedy == ""},
	} {
		if field.missing {
			return fmt.Errorf("METADATA has no %s", field.name)
		}
	}
	return nil
}

// parameters reads the parameters of a rule in the author's order.
func (b *block) parameters(n *yaml.Node, r *rule.Rule) error {
	if n.Kind != yaml.MappingNode {
		return b.errorf(n, "parameters must be a mapping from name to description")
	}
	for i := 0; i < len(n.Content); i += 2 {
		name, body := n.Content[i], n.Content[i+1]
		if !namePattern.MatchString(name.Value) {
			return b.errorf(name, "parameter %q is not named in lower_snake_case", name.Value)
		}
		if slices.ContainsFunc(r.Parameters, func(p rule.Parameter) bool { return p.Name == name.Value }) {
			return b.errorf(name, "parameter %q is declared twice", name.Value)
		}
		p, err := b.parameter(name, body)
		if err != nil {
			return err
		}
		r.Parameters = append(r.Parameters, p)
	}
	return nil
}

func (b *block) parameter(name, body *yaml.Node) (rule.Parameter, error) {
	p := rule.Parameter{Name: name.Value}
	var declared *yaml.Node
	err := b.mapping(body, fields{
		"type": b.oneOf((*string)(&p.Type), string(rule.TypeDuration), string(rule.TypeNumber),
			string(rule.TypeString), string(rule.TypeBool), string(rule.TypeStrings)),
		"default":     func(n *yaml.Node) error { declared = n; return nil },
		"standard":    b.oneOf(&p.Standard, slices.Sorted(slices.Values(numbers.Names()))...),
		"description": b.prose(&p.Description),
	})
	switch {
	case err != nil:
		return p, err
	case p.Type == "":
		return p, b.errorf(name, "parameter %q has no type", p.Name)
	case p.Description == "":
		return p, b.errorf(name, "parameter %q has no description", p.Name)
	case declared == nil && p.Standard == "":
		return p, b.errorf(name, "parameter %q has no default", p.Name)
	case declared == nil:
		p.Default, err = standardDefault(&p)
	default:
		p.Default, err = b.defaultValue(&p, declared)
	}
	if err != nil {
		return p, b.errorf(body, "default of parameter %q: %w", p.Name, err)
	}
	return p, nil
}

// standardDefault is the number of the standard in the parameter's type.
func standardDefault(p *rule.Parameter) (any, error) {
	number, _ := numbers.Lookup(p.Standard)
	switch p.Type {
	case rule.TypeDuration:
		return number.Seconds(), nil
	case rule.TypeNumber:
		return number.Value, nil
	}
	return nil, fmt.Errorf("a number of the standard needs type duration or number, not %s", p.Type)
}

func (b *block) defaultValue(p *rule.Parameter, n *yaml.Node) (any, error) {
	var plain any
	if err := n.Decode(&plain); err != nil {
		return nil, err
	}
	return p.Convert(plain)
}

// fields maps the keys that a mapping may have to what reads their values.
type fields map[string]func(*yaml.Node) error

func (b *block) mapping(n *yaml.Node, known fields) error {
	if n.Kind != yaml.MappingNode {
		return b.errorf(n, "want a mapping with the keys %s", strings.Join(slices.Sorted(maps.Keys(known)), ", "))
	}
	seen := make(map[string]bool, len(known))
	for i := 0; i < len(n.Content); i += 2 {
		key := n.Content[i]
		read, ok := known[key.Value]
		if !ok {
			return b.errorf(key, "unknown key %q%s", key.Value, rule.Suggest(key.Value, slices.Sorted(maps.Keys(known))))
		}
		if seen[key.Value] {
			return b.errorf(key, "key %q stands twice", key.Value)
		}
		seen[key.Value] = true
		if err := read(n.Content[i+1]); err != nil {
			return err
		}
	}
	return nil
}

// prose reads a text of one or more lines.
func (b *block) prose(into *string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Kind != yaml.ScalarNode || n.Tag != "!!str" || strings.TrimSpace(n.Value) == "" {
			return b.errorf(n, "want a text")
		}
		*into = strings.TrimSpace(n.Value)
		return nil
	}
}

// text1 reads a text of one line.
func (b *block) text1(into *string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if err := b.prose(into)(n); err != nil {
			return err
		}
		if strings.Contains(*into, "\n") {
			return b.errorf(n, "want a text of one line")
		}
		return nil
	}
}

// matching reads a text of a given form.
func (b *block) matching(into *string, pattern *regexp.Regexp, want string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Kind != yaml.ScalarNode || !pattern.MatchString(n.Value) {
			return b.errorf(n, "want %s", want)
		}
		*into = n.Value
		return nil
	}
}

// list reads a list of texts of a given form.
func (b *block) list(into *[]string, pattern *regexp.Regexp, want string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Kind != yaml.SequenceNode {
			return b.errorf(n, "want a list, each %s", want)
		}
		for _, item := range n.Content {
			var text string
			if err := b.matching(&text, pattern, want)(item); err != nil {
				return err
			}
			*into = append(*into, text)
		}
		return nil
	}
}

// oneOf reads one of some words. Into may be nil.
func (b *block) oneOf(into *string, words ...string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Kind != yaml.ScalarNode || !slices.Contains(words, n.Value) {
			return b.errorf(n, "want one of %s, not %q", strings.Join(words, ", "), n.Value)
		}
		if into != nil {
			*into = n.Value
		}
		return nil
	}
}

func (b *block) truth(into *bool) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Tag != "!!bool" || n.Decode(into) != nil {
			return b.errorf(n, "want true or false")
		}
		return nil
	}
}

func (b *block) severity(into *rule.Severity) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		parsed, err := rule.ParseSeverity(n.Value)
		if err != nil || parsed == rule.Off {
			return b.errorf(n, "want severity error, warning or note, not %q", n.Value)
		}
		*into = parsed
		return nil
	}
}

func (b *block) errorf(n *yaml.Node, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %w", b.file, b.line+max(n.Line, 1)-1, fmt.Errorf(format, args...))
}

var yamlLine = regexp.MustCompile(`^yaml: line (\d+): `)

// syntaxError moves the line that the YAML reader counted to the file's.
func (b *block) syntaxError(err error) error {
	text, line := err.Error(), 0
	if m := yamlLine.FindStringSubmatch(text); m != nil {
		line, _ = strconv.Atoi(m[1])
		text = text[len(m[0]):]
	}
	text = strings.TrimPrefix(text, "yaml: ")
	return fmt.Errorf("%s:%d: read METADATA: %s", b.file, b.line+max(line, 1)-1, text)
}
