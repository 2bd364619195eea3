// Package docgen writes the reference pages of the rules from their metadata
// and examples, so that no page can differ from the rule.
//
//go:generate go test . -update
package docgen

import (
	"fmt"
	"path"
	"strings"

	"github.com/opslint/opslint/internal/rule"
)

// Pages returns the pages by their path below docs/rules: one a rule, and
// README.md, which lists them.
func Pages(rules []*rule.Rule) map[string]string {
	pages := map[string]string{"README.md": index(rules)}
	for _, r := range rules {
		pages[r.ID+".md"] = page(r)
	}
	return pages
}

const generated = "<!-- Generated from the rule by go generate ./cmd/opslint/internal/docgen. -->\n"

func index(rules []*rule.Rule) string {
	var b strings.Builder
	b.WriteString(generated + "# Rules\n\n`opslint explain RULE` shows the same in a terminal.\n")
	family := ""
	for _, r := range rules {
		if r.Family() != family {
			family = r.Family()
			fmt.Fprintf(&b, "\n## %s\n\n| rule | severity | clauses | fault |\n| --- | --- | --- | --- |\n", family)
		}
		fmt.Fprintf(&b, "| [%s](%s.md) | %s | %s | %s |\n", r.ID, r.ID, severity(r), strings.Join(r.Clauses, ", "), cell(r.Title))
	}
	return b.String()
}

func page(r *rule.Rule) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s# %s\n\n%s\n\n", generated, r.ID, r.Title)
	fmt.Fprintf(&b, "| | |\n| --- | --- |\n| severity | %s |\n| clauses | %s |\n", severity(r), strings.Join(r.Clauses, ", "))
	if len(r.Kinds) > 0 {
		fmt.Fprintf(&b, "| looks at | %s |\n", cell(strings.Join(r.Kinds, ", ")))
	}
	if len(r.Aliases) > 0 {
		fmt.Fprintf(&b, "| formerly | %s |\n", strings.Join(r.Aliases, ", "))
	}
	fmt.Fprintf(&b, "\n%s\n\n**Fix:** %s\n", strings.TrimSpace(r.Description), r.Remedy)
	parameters(&b, r)
	for _, bad := range []bool{true, false} {
		examples(&b, r, bad)
	}
	fmt.Fprintf(&b, "\n## Suppressing\n\n```\nopslint:ignore %s: why it is right here\n```\n\nin a comment on the line, or above the block. The reason is mandatory.\n", r.ID)
	return b.String()
}

func parameters(b *strings.Builder, r *rule.Rule) {
	if len(r.Parameters) == 0 {
		return
	}
	b.WriteString("\n## Parameters\n\n| name | default | meaning |\n| --- | --- | --- |\n")
	for _, p := range r.Parameters {
		fmt.Fprintf(b, "| `%s` | `%s` | %s |\n", p.Name, p.Format(p.Default), cell(p.Description))
	}
	p := r.Parameters[0]
	fmt.Fprintf(b, "\n```yaml\n# .opslint.yaml\nrules:\n  %s:\n    %s: %s\n```\n", r.ID, p.Name, p.Format(p.Default))
}

func examples(b *strings.Builder, r *rule.Rule, bad bool) {
	title := "Good"
	if bad {
		title = "Bad"
	}
	heading := false
	for _, file := range r.Example.Files {
		if file.Bad != bad {
			continue
		}
		if !heading {
			fmt.Fprintf(b, "\n## %s\n", title)
			heading = true
		}
		fmt.Fprintf(b, "\n`%s`\n\n```%s\n%s```\n", file.Name, language(file.Name), file.Content)
	}
}

// language is what code fences call a file's syntax.
func language(name string) string {
	switch ext := strings.TrimPrefix(path.Ext(name), "."); {
	case ext == "tf":
		return "terraform"
	case strings.Contains(path.Base(name), "Dockerfile"):
		return "dockerfile"
	default:
		return ext
	}
}

func severity(r *rule.Rule) string {
	if r.OptIn {
		return r.Severity.String() + ", opt-in"
	}
	return r.Severity.String()
}

func cell(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "|", `\|`)), " ")
}
