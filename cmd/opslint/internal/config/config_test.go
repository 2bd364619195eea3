package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"sigs.k8s.io/yaml"

	"github.com/opslint/opslint/cmd/opslint/internal/config"
	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/rule"
)

var rules = []*rule.Rule{
	{
		ID: "kubernetes/slow-readiness", Clauses: []string{"OPS-9.2"}, Severity: rule.Error,
		Parameters: []rule.Parameter{
			{Name: "ready", Type: rule.TypeDuration, Default: 30.0},
			{Name: "kinds", Type: rule.TypeStrings, Default: []any{"Deployment"}},
		},
	},
	{ID: "kubernetes/missing-monitor", Clauses: []string{"OPS-1.1"}, OptIn: true},
	{ID: "go/secret-in-log", Clauses: []string{"OPS-11.4"}, Severity: rule.Error},
}

func TestMistakes(t *testing.T) {
	tests := map[string]struct{ file, want string }{
		"unknown key":         {"fail-onn: error\n", `1:1: unknown key "fail-onn" (did you mean "fail-on"?)`},
		"not a mapping":       {"- a\n", "1:1: the configuration wants a mapping with the keys fail-on, include, exclude, rules, ignore, policies, baseline, go"},
		"broken":              {"rules:\n  a: [b\n", "2:1: not valid YAML: did not find expected ',' or ']'"},
		"severity":            {"rules:\n  go/secret-in-log: fatal\n", `2:21: unknown severity "fatal" (off, note, warning or error)`},
		"misspelt rule":       {"rules:\n  kubernetes/slow-readines: off\n", `2:3: no rule, family or clause "kubernetes/slow-readines" (did you mean "kubernetes/slow-readiness"?)`},
		"rule without family": {"rules:\n  secret-in-log: off\n", `2:3: no rule, family or clause "secret-in-log" (did you mean "go/secret-in-log"?)`},
		"parameter":           {"rules:\n  kubernetes/slow-readiness:\n    raedy: 45s\n", `3:5: kubernetes/slow-readiness has no parameter "raedy" (did you mean "ready"?)`},
		"duration":            {"rules:\n  kubernetes/slow-readiness: {ready: 45}\n", `2:31: ready: want a duration such as "30s" or "30d", not 45`},
		"list":                {"rules:\n  kubernetes/slow-readiness: {kinds: 45}\n", "2:31: kinds: want a list of strings, not 45"},
		"ignore, no reason":   {"ignore:\n  - rule: go/secret-in-log\n", "2:5: an entry of ignore needs a reason"},
		"ignore, other rule":  {"ignore:\n  - {rule: go/x, reason: y}\n", `2:12: no rule, family or clause "go/x"`},
		"glob":                {"exclude: ['a[']\n", `1:10: "a[" is no valid glob`},
		"platform":            {"go: {platforms: [linux]}\n", `1:17: platform "linux": want a system and an architecture such as linux/amd64`},
		"twice":               {"baseline: a\nbaseline: b\n", `2:1: key "baseline" stands here a second time`},
		"several":             {"a: 1\nfail-on: x\n", "1:1: unknown key \"a\"\n" + `2:10: unknown severity "x" (off, note, warning or error)`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, err := config.Parse("c.yaml", []byte(test.file))
			if err == nil {
				err = c.Bind(rules)
			}
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff(test.want, strings.ReplaceAll(err.Error(), "c.yaml:", "")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

const full = `# yaml-language-server: $schema=https://example.com/schema.json
fail-on: warning
exclude: [third_party, "*.gen.yaml"]
rules:
  kubernetes/*: warning
  kubernetes/slow-readiness: {ready: 1m, exclude: [legacy]}
  OPS-1.1: note
  go/secret-in-log: off
ignore:
  - {rule: kubernetes/slow-readiness, subject: "Deployment/*/search", reason: index is loaded at start}
`

func TestSettings(t *testing.T) {
	c, err := config.Parse("/repo/.opslint.yaml", []byte(full))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Bind(rules); err != nil {
		t.Fatal(err)
	}
	if *c.FailOn != rule.Warning {
		t.Errorf("fail-on is %v", *c.FailOn)
	}
	enabled := map[string]bool{}
	for _, r := range rules {
		enabled[r.ID] = c.Enabled(r)
	}
	if diff := cmp.Diff(map[string]bool{"kubernetes/slow-readiness": true, "kubernetes/missing-monitor": true, "go/secret-in-log": false}, enabled); diff != "" {
		t.Errorf("enabled\n%s", diff)
	}
	if s, ok := c.Severity(rules[0]); !ok || s != rule.Warning {
		t.Errorf("severity is %v, %v", s, ok)
	}
	if diff := cmp.Diff(map[string]any{"ready": 60.0, "kinds": []any{"Deployment"}}, c.Parameters(rules[0])); diff != "" {
		t.Errorf("parameters\n%s", diff)
	}
	for file, want := range map[string]bool{"third_party/a/b.yaml": true, "x/third_party/b.yaml": true, "deploy/a.gen.yaml": true, "deploy/a.yaml": false} {
		if c.Excludes(file) != want {
			t.Errorf("Excludes(%s) is %v", file, !want)
		}
	}
	f := &finding.Finding{Rule: rules[0].ID, Subject: "Deployment/shop/search"}
	if s := c.Suppresses(f, rules[0], "deploy/a.yaml"); s == nil || s.Reason != "index is loaded at start" {
		t.Errorf("ignored subject: %v", s)
	}
	f.Subject = "Deployment/shop/orders"
	if s := c.Suppresses(f, rules[0], "deploy/a.yaml"); s != nil {
		t.Errorf("other subject: %v", s)
	}
	if s := c.Suppresses(f, rules[0], "legacy/a.yaml"); s == nil {
		t.Error("excluded path is not suppressed")
	}
}

func TestEmptyFileIsTheDefault(t *testing.T) {
	for _, content := range []string{"", "# nothing\n", "---\n"} {
		if _, err := config.Parse("c.yaml", []byte(content)); err != nil {
			t.Errorf("%q: %v", content, err)
		}
	}
}

func TestFindStopsAtTheTop(t *testing.T) {
	top := t.TempDir()
	deep := filepath.Join(top, "repo", "services", "orders")
	if err := os.MkdirAll(deep, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(top, config.Name), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if file, err := config.Find(deep, filepath.Join(top, "repo")); file != "" || err != nil {
		t.Errorf("found %q above the top, %v", file, err)
	}
	want := filepath.Join(top, "repo", "services", config.Name)
	if err := os.WriteFile(want, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if file, err := config.Find(deep, filepath.Join(top, "repo")); file != want || err != nil {
		t.Errorf("found %q, want %q, %v", file, want, err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(full))
	f.Add([]byte("rules: {a: &a {b: *a}}"))
	f.Fuzz(func(_ *testing.T, content []byte) {
		if c, err := config.Parse("c.yaml", content); err == nil {
			_ = c.Bind(rules)
		}
	})
}

func TestSchemaAgreesWithTheReader(t *testing.T) {
	text, err := config.Schema(rules)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("opslint.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("opslint.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]string{
		"full":            full,
		"empty":           "",
		"off as Boolean":  "rules: {go/secret-in-log: off}\n",
		"unknown key":     "fail-onn: error\n",
		"severity":        "rules: {go/secret-in-log: fatal}\n",
		"unknown rule":    "rules: {go/secret: off}\n",
		"parameter":       "rules: {kubernetes/slow-readiness: {raedy: 45s}}\n",
		"duration":        "rules: {kubernetes/slow-readiness: {ready: 45}}\n",
		"days":            "rules: {kubernetes/slow-readiness: {ready: 1.5d}}\n",
		"no duration":     "rules: {kubernetes/slow-readiness: {ready: soon}}\n",
		"list":            "rules: {kubernetes/slow-readiness: {kinds: [Deployment]}}\n",
		"no list":         "rules: {kubernetes/slow-readiness: {kinds: 3}}\n",
		"clause":          "rules: {OPS-9.2: warning}\n",
		"ignore":          "ignore: [{rule: go/secret-in-log}]\n",
		"one glob":        "exclude: third_party\n",
		"fail-on: never":  "fail-on: never\n",
		"fail-on: off":    "fail-on: off\n",
		"policies":        "policies: [acme]\nbaseline: b.json\n",
		"baseline number": "baseline: [1]\n",
	} {
		t.Run(name, func(t *testing.T) {
			c, readErr := config.Parse("c.yaml", []byte(file))
			if readErr == nil {
				readErr = c.Bind(rules)
			}
			var value any
			if err := yaml.Unmarshal([]byte(file), &value); err != nil {
				t.Fatal(err)
			}
			if schemaErr := schema.Validate(value); (schemaErr == nil) != (readErr == nil) {
				t.Errorf("the schema says: %v\nthe reader says: %v", schemaErr, readErr)
			}
		})
	}
}
