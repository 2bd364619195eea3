package config

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/opslint/opslint/internal/rule"
)

// Effective writes the settings in force as a configuration file: every rule
// with its severity and parameters. The configuration must have been bound.
func (c *Config) Effective(rules []*rule.Rule) (string, error) {
	root := &yaml.Node{Kind: yaml.MappingNode}
	failOn := rule.Error
	if c.FailOn != nil {
		failOn = *c.FailOn
	}
	level := failOn.String()
	if failOn == rule.Off {
		level = "never"
	}
	put(root, "fail-on", scalar(level))
	for _, list := range []struct {
		key    string
		values []string
	}{{"include", c.Include}, {"exclude", c.Exclude}, {"policies", c.Policies}} {
		if len(list.values) > 0 {
			put(root, list.key, flow(list.values))
		}
	}
	if c.Baseline != "" {
		put(root, "baseline", scalar(c.Baseline))
	}
	if len(c.Ignore) > 0 {
		put(root, "ignore", c.ignored())
	}
	settings := &yaml.Node{Kind: yaml.MappingNode}
	for _, r := range rules {
		put(settings, r.ID, c.effective(r))
	}
	put(root, "rules", settings)
	var b bytes.Buffer
	encoder := yaml.NewEncoder(&b)
	encoder.SetIndent(2)
	if err := encoder.Encode(root); err != nil {
		return "", fmt.Errorf("write configuration: %w", err)
	}
	return b.String(), nil
}

// effective is one rule's entry.
func (c *Config) effective(r *rule.Rule) *yaml.Node {
	severity := r.Severity
	if configured, ok := c.Severity(r); ok {
		severity = configured
	}
	if !c.Enabled(r) {
		severity = rule.Off
	}
	var exclude []string
	for _, s := range c.Rules {
		if r.Covers(s.Selector) {
			exclude = append(exclude, s.Exclude...)
		}
	}
	if len(r.Parameters) == 0 && len(exclude) == 0 {
		return scalar(severity.String())
	}
	n := &yaml.Node{Kind: yaml.MappingNode}
	put(n, "severity", scalar(severity.String()))
	if len(exclude) > 0 {
		put(n, "exclude", flow(exclude))
	}
	values := c.Parameters(r)
	for _, p := range r.Parameters {
		if list, ok := values[p.Name].([]any); ok {
			texts := make([]string, len(list))
			for i, item := range list {
				texts[i] = fmt.Sprint(item)
			}
			put(n, p.Name, flow(texts))
			continue
		}
		value := scalar(p.Format(values[p.Name]))
		if p.Type == rule.TypeString {
			value.Tag = "!!str"
		}
		put(n, p.Name, value)
	}
	return n
}

func (c *Config) ignored() *yaml.Node {
	list := &yaml.Node{Kind: yaml.SequenceNode}
	for _, i := range c.Ignore {
		entry := &yaml.Node{Kind: yaml.MappingNode}
		for _, field := range [][2]string{{"rule", i.Rule}, {"path", i.Path}, {"subject", i.Subject}, {"reason", i.Reason}} {
			if field[1] != "" {
				put(entry, field[0], scalar(field[1]))
			}
		}
		list.Content = append(list.Content, entry)
	}
	return list
}

func put(mapping *yaml.Node, key string, value *yaml.Node) {
	mapping.Content = append(mapping.Content, scalar(key), value)
}

func scalar(text string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Value: text}
	if strings.ContainsAny(text, "*{}[]&!|>'\"%@`#:,") && !strings.Contains(text, "/") {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

func flow(texts []string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
	for _, text := range slices.Clone(texts) {
		n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text})
	}
	return n
}
