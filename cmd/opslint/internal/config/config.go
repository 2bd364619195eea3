// Package config reads .opslint.yaml. Every mistake in it is an error with its
// line, so that a misspelt key cannot silently switch a check off.
//
// Start with [Find] and [Read]; [Config.Bind] checks it against the rules that
// exist.
package config

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
)

// Name is the name of a configuration file.
const Name = ".opslint.yaml"

// A Config is what one configuration file says. Its zero value is the default.
type Config struct {
	// Path is the file's absolute path; empty for the default.
	Path string
	// Include, if not empty, limits what is checked; Exclude takes away from
	// it. Globs are relative to the file's directory.
	Include, Exclude []string
	FailOn           *rule.Severity // nil: error
	Policies         []string       // directories of user policies, relative to the file's
	Baseline         string         // file, relative to the file's directory
	Ignore           []Ignore
	Platforms        []string  // for which Go packages are checked, "linux/amd64"; none: the host's
	Rules            []Setting // in the order of the file; later entries win
}

// A Setting changes the rules that a selector covers.
type Setting struct {
	Selector   string // rule ID, "family/*" or clause
	Severity   *rule.Severity
	Parameters map[string]any // raw until Bind
	Exclude    []string
	place      place
	places     map[string]place // of the parameters
}

// An Ignore suppresses findings by what they are about.
type Ignore struct {
	Rule    string // selector
	Path    string // glob, empty for any
	Subject string // glob over the finding's subject, empty for any
	Reason  string
	place   place
}

// Find returns the nearest configuration file in dir or above it, up to and
// including top, or to the file system's root if top is empty. It returns "" if
// there is none. Both are absolute.
func Find(dir, top string) (string, error) {
	for {
		file := filepath.Join(dir, Name)
		if _, err := os.Stat(file); err == nil {
			return file, nil
		} else if !errors.Is(err, os.ErrNotExist) {
			return "", fmt.Errorf("find configuration: %w", err)
		}
		parent := filepath.Dir(dir)
		if dir == top || parent == dir {
			return "", nil
		}
		dir = parent
	}
}

// Dir returns the directory that the file's globs and paths are relative to.
func (c *Config) Dir() string { return filepath.Dir(c.Path) }

// Enabled reports whether a rule runs: unless it is switched off, or is opt-in
// and nothing in the file names it.
func (c *Config) Enabled(r *rule.Rule) bool {
	enabled := !r.OptIn
	for _, s := range c.Rules {
		if r.Covers(s.Selector) {
			switch {
			case s.Severity != nil:
				enabled = *s.Severity != rule.Off
			case s.Selector == r.ID:
				enabled = true
			}
		}
	}
	return enabled
}

// Severity returns the severity that the file gives a rule's findings, and
// whether it gives one.
func (c *Config) Severity(r *rule.Rule) (rule.Severity, bool) {
	var severity rule.Severity
	found := false
	for _, s := range c.Rules {
		if s.Severity != nil && *s.Severity != rule.Off && r.Covers(s.Selector) {
			severity, found = *s.Severity, true
		}
	}
	return severity, found
}

// Parameters returns all parameters of a rule: the defaults, overridden by the
// file. The file must have been bound.
func (c *Config) Parameters(r *rule.Rule) map[string]any {
	values := make(map[string]any, len(r.Parameters))
	for _, p := range r.Parameters {
		values[p.Name] = p.Default
		for _, s := range c.Rules {
			raw, ok := s.Parameters[p.Name]
			if !ok || !r.Covers(s.Selector) {
				continue
			}
			if value, err := p.Convert(raw); err == nil { // Bind reported the others
				values[p.Name] = value
			}
		}
	}
	return values
}

// Excludes reports whether a file is left out for every rule. The path is
// slash-separated and relative to Dir.
func (c *Config) Excludes(file string) bool {
	if len(c.Include) > 0 && !matches(c.Include, file) {
		return true
	}
	return matches(c.Exclude, file)
}

// Suppresses returns why the file suppresses a finding, or nil. The path is
// relative to Dir.
func (c *Config) Suppresses(f *finding.Finding, r *rule.Rule, file string) *finding.Suppression {
	for _, s := range c.Rules {
		if r.Covers(s.Selector) && matches(s.Exclude, file) {
			return &finding.Suppression{Kind: finding.ByConfig, Reason: "excluded for " + s.Selector}
		}
	}
	for _, i := range c.Ignore {
		if r.Covers(i.Rule) && (i.Path == "" || match(i.Path, file)) && (i.Subject == "" || match(i.Subject, f.Subject)) {
			return &finding.Suppression{Kind: finding.ByConfig, Reason: i.Reason}
		}
	}
	return nil
}

func matches(globs []string, file string) bool {
	return slices.ContainsFunc(globs, func(glob string) bool { return match(glob, file) })
}

// match matches a glob against a path or one of its parent directories, so that
// "third_party" covers everything below it. A glob without a slash matches at
// any depth, as in .gitignore.
func match(glob, file string) bool {
	for name := file; name != "." && name != "/" && name != ""; name = path.Dir(name) {
		if doublestar.MatchUnvalidated(glob, name) || doublestar.MatchUnvalidated("**/"+glob, name) && path.Base(glob) == glob {
			return true
		}
	}
	return false
}
