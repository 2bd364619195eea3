package policies

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/opslint/opslint/internal/rule"
)

const header = `# Copyright: another comment, then a blank line.

# METADATA
# title: Readiness probe that takes too long
# description: |
#   Two lines
#
#   of *Markdown*.
# custom:
#   id: kubernetes/slow-readiness
#   aliases: [kubernetes/late-readiness]
#   severity: error
#   clauses: [OPS-9.2, OPS-MON.1, OPS-CHK.D]
#   kinds: [Deployment, aws_db_instance]
#   remedy: lower initialDelaySeconds
#   scope: workspace
#   opt_in: true
#   secret: true
#   parameters:
#     ready:
#       type: duration
#       default: 30s
#       standard: ready
#       description: how long it may take
#     retention:
#       type: number
#       standard: retention
#       description: days
#     sidecars:
#       type: strings
#       default: [istio-proxy]
#       description: |
#         containers that
#         are not judged
package opslint.rules.kubernetes.slow_readiness # as it is called

deny contains {}
`

func TestReadMetadata(t *testing.T) {
	b, pkg := findBlock("slow_readiness.rego", header)
	if pkg != "opslint.rules.kubernetes.slow_readiness" {
		t.Errorf("package is %q", pkg)
	}
	got, err := readMetadata(b)
	if err != nil {
		t.Fatal(err)
	}
	want := &rule.Rule{
		ID:          "kubernetes/slow-readiness",
		Aliases:     []string{"kubernetes/late-readiness"},
		Title:       "Readiness probe that takes too long",
		Description: "Two lines\n\nof *Markdown*.",
		Remedy:      "lower initialDelaySeconds",
		Severity:    rule.Error,
		Clauses:     []string{"OPS-9.2", "OPS-MON.1", "OPS-CHK.D"},
		Scope:       rule.ScopeWorkspace,
		Kinds:       []string{"Deployment", "aws_db_instance"},
		OptIn:       true,
		Secret:      true,
		Parameters: []rule.Parameter{
			{Name: "ready", Type: rule.TypeDuration, Default: 30.0, Standard: "ready", Description: "how long it may take"},
			{Name: "retention", Type: rule.TypeNumber, Default: 30.0, Standard: "retention", Description: "days"},
			{Name: "sidecars", Type: rule.TypeStrings, Default: []any{"istio-proxy"}, Description: "containers that\nare not judged"},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestReadMetadataRefuses(t *testing.T) {
	for _, test := range []struct{ old, new, want string }{
		{"# title: ", "# titel: ", `x.rego:4: unknown key "titel" (did you mean "title"?)`},
		{"#   severity: error", "#   severity: fatal", `x.rego:12: want severity error, warning or note, not "fatal"`},
		{"#   severity: error", "#   severity: off", `x.rego:12: want severity error, warning or note, not "off"`},
		{"#   severity: error\n", "", `x.rego:4: METADATA has no custom.severity`},
		{"#   remedy: lower initialDelaySeconds\n", "", `x.rego:4: METADATA has no custom.remedy`},
		{"#   opt_in: true", "#   optin: true", `x.rego:17: unknown key "optin" (did you mean "opt_in"?)`},
		{"#   opt_in: true", "#   opt_in: yes please", `x.rego:17: want true or false`},
		{"[OPS-9.2,", "[9.2,", `x.rego:13: want a clause such as OPS-9.2`},
		{"kinds: [Deployment", "kinds: [apps/Deployment", `x.rego:14: want a kind such as Deployment, or "*"`},
		{"kinds: [Deployment, aws_db_instance]", "kinds: Deployment", `x.rego:14: want a list, each a kind such as Deployment, or "*"`},
		{"id: kubernetes/slow-readiness", "id: slow_readiness", `x.rego:10: want an ID such as kubernetes/missing-readiness-probe`},
		{"scope: workspace", "scope: universe", `x.rego:16: want one of document, workspace, not "universe"`},
		{"default: 30s", "default: 30", `x.rego:21: default of parameter "ready": want a duration such as "30s" or "30d", not 30`},
		{"standard: ready", "standard: redy", `x.rego:23: want one of archive,`},
		{"type: number", "type: int", `x.rego:26: want one of duration, number, string, boolean, strings, not "int"`},
		{"#       default: [istio-proxy]\n", "", `x.rego:29: parameter "sidecars" has no default`},
		{"#       description: days\n", "", `x.rego:25: parameter "retention" has no description`},
		{"#     sidecars:", "#     ready:", `x.rego:29: parameter "ready" is declared twice`},
		{"#     sidecars:", "#     Side-Cars:", `x.rego:29: parameter "Side-Cars" is not named in lower_snake_case`},
		{"remedy: lower", "remedy: *lower", `x.rego:4: read METADATA: unknown anchor 'lower' referenced`},
		{"# title: ", "# title: a: b ", `x.rego:4: read METADATA: mapping values are not allowed in this context`},
		{"# custom:", "# custom: [", `x.rego:`},
		{"remedy: lower initialDelaySeconds", `remedy: "a\nb"`, `x.rego:15: want a text of one line`},
		{"remedy: lower initialDelaySeconds", `remedy: 3`, `x.rego:15: want a text`},
		{"#   opt_in: true", "#   secret: false", `x.rego:18: key "secret" stands twice`},
	} {
		text := strings.Replace(header, test.old, test.new, 1)
		if text == header {
			t.Errorf("%q is not in the header", test.old)
		}
		b, _ := findBlock("x.rego", text)
		_, err := readMetadata(b)
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%q: got %v, want %s", test.new, err, test.want)
		}
	}
}

func TestFindBlock(t *testing.T) {
	for _, test := range []struct{ name, text, block, pkg string }{
		{"none", "package a.b\n", "", "a.b"},
		{"empty file", "", "", ""},
		{"only comments", "# METADATA\n# title: x\n", "", ""},
		{"blank line below", "# METADATA\n# title: x\n\npackage a\n", "title: x\n", "a"},
		{"CRLF", "# METADATA\r\n# title: x\r\npackage a\r\n", "title: x\n", "a"},
		{"the last one counts", "# METADATA\n# title: x\n\n# METADATA\n# title: y\npackage a\n", "title: y\n", "a"},
		{"code before the package", "import data.x\npackage a\n", "", ""},
		{"no space behind the marker", "#METADATA\n#title: x\npackage a\n", "title: x\n", "a"},
	} {
		b, pkg := findBlock("x.rego", test.text)
		if b.text != test.block || pkg != test.pkg {
			t.Errorf("%s: block %q, package %q", test.name, b.text, pkg)
		}
	}
}

// Whatever stands in a comment, the reader neither panics nor loses the place.
func FuzzReadMetadata(f *testing.F) {
	f.Add(header)
	f.Add("# METADATA\n# custom: {id: [a], parameters: {x: {type: number, default: .nan}}}\npackage a\n")
	f.Add("# METADATA\n# a: &a [*a, *a]\n# title: !!binary x\npackage a\n")
	f.Fuzz(func(t *testing.T, text string) {
		b, _ := findBlock("x.rego", text)
		r, err := readMetadata(b)
		switch {
		case err != nil && !strings.HasPrefix(err.Error(), "x.rego:"):
			t.Errorf("error without a place: %v", err)
		case err == nil && (r.ID == "" || r.Title == "" || r.Severity == rule.Off):
			t.Errorf("incomplete rule accepted: %+v", r)
		}
	})
}
