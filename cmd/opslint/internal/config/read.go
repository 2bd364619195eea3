package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"go.yaml.in/yaml/v3"

	"github.com/opslint/opslint/internal/rule"
)

// maxSize bounds what is read: a configuration is written by hand.
const maxSize = 1 << 20

type place struct{ line, column int }

// An Error is one mistake in a configuration file.
type Error struct {
	File         string
	Line, Column int
	Message      string
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
}

// Read reads and checks a configuration file. The error joins one *[Error] for
// each mistake. Rule names and parameters are checked by Bind.
func Read(file string) (*Config, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, maxSize+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read configuration: %w", err)
	case len(content) > maxSize:
		return nil, &Error{File: file, Line: 1, Column: 1, Message: "configuration is larger than 1 MiB"}
	}
	return Parse(file, content)
}

// Parse is Read for content at hand.
func Parse(file string, content []byte) (*Config, error) {
	r := reader{file: file, config: &Config{Path: file}}
	var doc yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader(content)).Decode(&doc); err != nil && !errors.Is(err, io.EOF) {
		line, message := yamlError(err)
		return nil, &Error{File: file, Line: line, Column: 1, Message: message}
	}
	if len(doc.Content) > 0 && doc.Content[0].Tag != "!!null" {
		r.root(doc.Content[0])
	}
	return r.config, errors.Join(r.errs...)
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// yamlError takes the line out of the library's text.
func yamlError(err error) (line int, message string) {
	message = err.Error()
	m := yamlLine.FindStringSubmatch(message)
	if m == nil {
		return 1, message
	}
	line, err = strconv.Atoi(m[1])
	if err != nil {
		line = 1
	}
	message = strings.TrimPrefix(message, m[0])
	if strings.HasPrefix(message, "did not find expected") {
		line++ // the library's parser, unlike its scanner, counts from 0
	}
	return line, "not valid YAML: " + message
}

// reader walks the tree and gathers all mistakes rather than stop at the first.
type reader struct {
	file   string
	config *Config
	errs   []error
}

func (r *reader) fail(n *yaml.Node, format string, args ...any) {
	r.errs = append(r.errs, &Error{File: r.file, Line: n.Line, Column: n.Column, Message: fmt.Sprintf(format, args...)})
}

// rootKeys are the keys of the file, in the order of the documentation.
var rootKeys = []string{"fail-on", "include", "exclude", "rules", "ignore", "policies", "baseline", "go"}

func (r *reader) root(n *yaml.Node) {
	c := r.config
	r.mapping(n, "the configuration", map[string]func(*yaml.Node){
		"fail-on": func(n *yaml.Node) {
			if n.Value == "never" {
				off := rule.Off
				c.FailOn = &off
				return
			}
			c.FailOn = r.severity(n)
			if c.FailOn != nil && *c.FailOn == rule.Off {
				r.fail(n, "fail-on wants error, warning, note or never")
			}
		},
		"include":  func(n *yaml.Node) { c.Include = r.globs(n) },
		"exclude":  func(n *yaml.Node) { c.Exclude = r.globs(n) },
		"policies": func(n *yaml.Node) { c.Policies = r.strings(n) },
		"baseline": func(n *yaml.Node) { c.Baseline = r.text(n) },
		"ignore": func(n *yaml.Node) {
			if n.Kind != yaml.SequenceNode {
				r.fail(n, "ignore wants a list")
				return
			}
			for _, item := range n.Content {
				r.ignore(item)
			}
		},
		"rules": r.rules,
		"go": func(n *yaml.Node) {
			r.mapping(n, "go", map[string]func(*yaml.Node){
				"platforms": func(n *yaml.Node) { c.Platforms = r.platforms(n) },
			}, []string{"platforms"})
		},
	}, rootKeys)
}

var platform = regexp.MustCompile(`^[a-z0-9]+/[a-z0-9]+$`)

func (r *reader) platforms(n *yaml.Node) []string {
	list := r.strings(n)
	for _, text := range list {
		if !platform.MatchString(text) {
			r.fail(n, "platform %q: want a system and an architecture such as linux/amd64", text)
		}
	}
	return list
}

func (r *reader) ignore(n *yaml.Node) {
	i := Ignore{place: place{n.Line, n.Column}}
	keys := []string{"rule", "path", "subject", "reason"}
	r.mapping(n, "an entry of ignore", map[string]func(*yaml.Node){
		"rule":    func(n *yaml.Node) { i.Rule = r.text(n); i.place = place{n.Line, n.Column} },
		"path":    func(n *yaml.Node) { i.Path = r.glob(n) },
		"subject": func(n *yaml.Node) { i.Subject = r.glob(n) },
		"reason":  func(n *yaml.Node) { i.Reason = strings.TrimSpace(r.text(n)) },
	}, keys)
	switch {
	case n.Kind != yaml.MappingNode:
	case i.Rule == "":
		r.fail(n, "an entry of ignore needs a rule")
	case i.Reason == "":
		r.fail(n, "an entry of ignore needs a reason")
	default:
		r.config.Ignore = append(r.config.Ignore, i)
	}
}

func (r *reader) rules(n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "rules wants a mapping from rules to settings")
		return
	}
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		s := Setting{Selector: key.Value, place: place{key.Line, key.Column}}
		if value.Kind == yaml.ScalarNode {
			s.Severity = r.severity(value)
		} else {
			r.setting(value, &s)
		}
		r.config.Rules = append(r.config.Rules, s)
	}
}

// setting reads severity, exclude and the parameters, whose names only Bind knows.
func (r *reader) setting(n *yaml.Node, s *Setting) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "%s wants a severity or a mapping", s.Selector)
		return
	}
	s.Parameters, s.places = map[string]any{}, map[string]place{}
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch key.Value {
		case "severity":
			s.Severity = r.severity(value)
		case "exclude":
			s.Exclude = r.globs(value)
		default:
			var raw any
			if err := value.Decode(&raw); err != nil {
				r.fail(value, "%s cannot be read: %v", key.Value, err)
				continue
			}
			s.Parameters[key.Value] = raw
			s.places[key.Value] = place{key.Line, key.Column}
		}
	}
}

func (r *reader) mapping(n *yaml.Node, what string, keys map[string]func(*yaml.Node), order []string) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, "%s wants a mapping with the keys %s", what, strings.Join(order, ", "))
		return
	}
	seen := map[string]bool{}
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch read, ok := keys[key.Value]; {
		case !ok:
			r.fail(key, "unknown key %q%s", key.Value, rule.Suggest(key.Value, order))
		case seen[key.Value]:
			r.fail(key, "key %q stands here a second time", key.Value)
		default:
			seen[key.Value] = true
			read(value)
		}
	}
}

func (r *reader) severity(n *yaml.Node) *rule.Severity {
	text := n.Value
	if n.Kind != yaml.ScalarNode {
		r.fail(n, "a severity is error, warning, note or off")
		return nil
	}
	if n.Tag == "!!bool" && text == "false" { // "off" is a Boolean to some tools
		text = "off"
	}
	s, err := rule.ParseSeverity(text)
	if err != nil {
		r.fail(n, "%v", err)
		return nil
	}
	return &s
}

func (r *reader) text(n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		r.fail(n, "expected a text")
		return ""
	}
	return n.Value
}

func (r *reader) strings(n *yaml.Node) []string {
	if n.Kind == yaml.ScalarNode {
		return []string{r.text(n)}
	}
	if n.Kind != yaml.SequenceNode {
		r.fail(n, "expected a list of texts")
		return nil
	}
	list := make([]string, 0, len(n.Content))
	for _, item := range n.Content {
		list = append(list, r.text(item))
	}
	return list
}

func (r *reader) globs(n *yaml.Node) []string {
	list := r.strings(n)
	for i, glob := range list {
		list[i] = strings.TrimSuffix(strings.TrimPrefix(glob, "./"), "/")
		if !doublestar.ValidatePattern(list[i]) {
			r.fail(n, "%q is no valid glob", glob)
		}
	}
	return slices.Compact(list)
}

func (r *reader) glob(n *yaml.Node) string {
	if list := r.globs(n); len(list) == 1 {
		return list[0]
	}
	r.fail(n, "expected one glob")
	return ""
}
