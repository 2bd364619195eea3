package policies

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/opslint/opslint/internal/rule"
)

// customDir writes an archive into a directory that it also makes current, so
// that messages name the files as the archive does.
func customDir(t *testing.T, archive string) string {
	t.Helper()
	dir := t.TempDir()
	for _, file := range txtar.Parse([]byte(archive)).Files {
		name := filepath.Join(dir, "own", filepath.FromSlash(file.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, file.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	return "own"
}

const ownRule = `-- team/owner_label.rego --
# METADATA
# title: Workload without an owner
# description: Somebody must be called.
# custom:
#   id: acme/owner-label
#   family: kubernetes
#   severity: error
#   kinds: [Deployment]
#   remedy: add the label team
#   parameters:
#     label:
#       type: string
#       default: team
#       description: name of the label
package custom.opslint.rules.acme.owner_label

import data.custom.opslint.lib.labels

deny contains {"msg": sprintf("no label %q", [_label]), "path": ["metadata"]} if not labels.has(_label)

_label := data.config.acme.owner_label.label
-- labels.rego --
package custom.opslint.lib.labels

has(label) if input.metadata.labels[label]
-- team/owner_label_test.rego --
package custom.opslint.rules.acme.owner_label_test

import data.custom.opslint.rules.acme.owner_label

test_reports_missing_label if {
	owner_label.deny with input as {"metadata": {}}
}
-- .git/broken.rego --
not Rego at all
-- README.md --
Our policies.
`

func TestCustomPolicies(t *testing.T) {
	dir := customDir(t, ownRule)
	rules, err := Rules(dir)
	if err != nil {
		t.Fatal(err)
	}
	var own *rule.Rule
	for _, r := range rules {
		if r.ID == "acme/owner-label" {
			own = r
		}
	}
	if own == nil || !own.Custom || own.Documents != "kubernetes" || len(rules) < 2 {
		t.Fatalf("rule is %+v among %d", own, len(rules))
	}
	e, err := New(Options{Dirs: []string{dir}, Enabled: func(r *rule.Rule) bool { return r.Custom }})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`orders.yaml:3:1-3:9 error acme/owner-label no label "team"`,
		`fail orders.yaml:1:1 acme/owner-label`,
	}
	if diff := cmp.Diff(want, render(e.Eval(t.Context(), one(parse(t, "Deployment", "orders", deployment)), 0))); diff != "" {
		t.Error(diff)
	}
}

func TestCustomPoliciesUseTheLibrary(t *testing.T) {
	dir := customDir(t, strings.NewReplacer(
		"import data.custom.opslint.lib.labels", "import data.opslint.lib.image",
		"if not labels.has(_label)", `if image.name("registry:5000/shop/api:1") == "api"`,
	).Replace(ownRule))
	e, err := New(Options{Dirs: []string{dir}, Enabled: func(r *rule.Rule) bool { return r.Custom }})
	if err != nil {
		t.Fatal(err)
	}
	if got := e.Eval(t.Context(), one(parse(t, "Deployment", "orders", deployment)), 0); len(got.Findings) != 1 {
		t.Error(render(got))
	}
}

func TestCustomPoliciesRefused(t *testing.T) {
	for _, test := range []struct{ name, old, new, want string }{
		{"syntax", `deny contains {"msg"`, `deny contains {{"msg"`, `own/team/owner_label.rego:19: `},
		{"no METADATA", "# METADATA", "# DATA", `own/team/owner_label.rego:1: rule has no METADATA above its package`},
		{"network", `if not labels.has(_label)`, `if { http.send({"url": "http://example.com", "method": "get"}); labels.has("x") }`, `own/team/owner_label.rego:19: policies may not call http.send`},
		{"environment", `if not labels.has(_label)`, `if { opa.runtime().env.HOME; labels.has("x") }`, `own/team/owner_label.rego:19: policies may not call opa.runtime`},
		{"clock", `if not labels.has(_label)`, `if { time.now_ns() > 0; labels.has("x") }`, `own/team/owner_label.rego:19: policies may not call time.now_ns`},
		{"file", `if not labels.has(_label)`, `if { trace("x"); labels.has("x") }`, `own/team/owner_label.rego:19: policies may not call trace`},
		{"type error", `if not labels.has(_label)`, `if { startswith(1, "x"); labels.has("x") }`, `own/team/owner_label.rego:19: startswith: invalid argument(s)`},
		{"foreign package", "package custom.opslint.rules.acme.owner_label", "package opslint.rules.kubernetes.owner_label", `own/team/owner_label.rego:1: package is "opslint.rules.kubernetes.owner_label"; want custom.opslint.rules.<group>.owner_label for a rule or custom.opslint.lib.owner_label for a library`},
		{"package in disguise", "package custom.opslint.rules.acme.owner_label", "package custom.opslint.rules.acme.owner_label[\"x\"]", `own/team/owner_label.rego:1: package is`},
		{"other rules", "import data.custom.opslint.lib.labels", "import data.custom.opslint.lib.labels\nimport data.opslint.rules.kubernetes.bare_pod", `own/team/owner_label.rego:18: package opslint.rules.kubernetes is no library`},
		{"unknown library", "import data.custom.opslint.lib.labels", "import data.opslint.lib.labls as labels", `own/team/owner_label.rego:17: package opslint.lib.labls is no library (did you mean`},
		{"no set", `deny contains {`, `deny := {`, `own/team/owner_label.rego:19: deny must be a set: write deny contains … if …`},
		{"no denial", `deny contains {`, `denies contains {`, `own/team/owner_label.rego:15: rule denies nothing`},
		{"other ID", "id: acme/owner-label", "id: acme/owner", `own/team/owner_label.rego:2: rule is called acme/owner, but its package says acme/owner-label`},
		{"unknown family", "family: kubernetes", "family: kubernete", `own/team/owner_label.rego:2: no documents of family "kubernete" are known (did you mean "kubernetes"?)`},
		{"no family", "#   family: kubernetes\n", "", `own/team/owner_label.rego:2: no documents of family "acme" are known; set custom.family to one of `},
		{"unknown key", "#   family: kubernetes", "#   kind: kubernetes", `own/team/owner_label.rego:6: unknown key "kind" (did you mean "kinds"?)`},
		{"taken ID", "#   severity: error", "#   aliases: [kubernetes/bare-pod]\n#   severity: error", `own/team/owner_label.rego:2: ID kubernetes/bare-pod is taken by the rule in kubernetes/bare_pod.rego`},
	} {
		t.Run(test.name, func(t *testing.T) {
			archive := strings.Replace(ownRule, test.old, test.new, 1)
			if archive == ownRule {
				t.Fatalf("%q is not in the archive", test.old)
			}
			_, err := New(Options{Dirs: []string{customDir(t, archive)}})
			switch {
			case err == nil || !strings.HasPrefix(err.Error(), test.want):
				t.Errorf("error is %v\nwant     %s", err, test.want)
			case strings.Contains(err.Error(), "\n"):
				t.Errorf("error has several lines: %v", err)
			}
		})
	}
}

func TestCustomFilesRefused(t *testing.T) {
	dir := customDir(t, ownRule)
	if _, err := Rules("nowhere"); err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("missing directory: %v", err)
	}
	if _, err := Rules(dir, dir); err == nil || !strings.Contains(err.Error(), "own/labels.rego") {
		t.Errorf("same directory twice: %v", err)
	}
	large := filepath.Join(dir, "large.rego")
	if err := os.WriteFile(large, make([]byte, customLimit+1), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Rules(dir); err == nil || err.Error() != "own/large.rego is larger than 1024 KiB" {
		t.Errorf("large file: %v", err)
	}
	if err := os.Remove(large); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/etc/passwd", large); err != nil {
		t.Skip(err)
	}
	if _, err := Rules(dir); err == nil || err.Error() != "own/large.rego is a symbolic link; policies must be regular files" {
		t.Errorf("symbolic link: %v", err)
	}
}

func TestTest(t *testing.T) {
	dir := customDir(t, ownRule+`-- more_test.rego --
package custom.opslint.more_test

import data.custom.opslint.rules.acme.owner_label

test_fails if {
	found := count(owner_label.deny) with input as {"metadata": {"labels": {"team": "shop"}}}

	found == 1
}

todo_test_later if false

test_table[note] if {
	some note, want in {"none": 1, "some": 2}
	count(owner_label.deny) == want with input as {"metadata": {}}
}
`)
	report, err := Test(t.Context(), []string{dir})
	if err != nil {
		t.Fatal(err)
	}
	want := []TestCase{
		{File: "own/more_test.rego", Line: 5, Name: "test_fails", Detail: "own/more_test.rego:8: does not hold: found == 1\n    found = 0"},
		{File: "own/more_test.rego", Line: 11, Name: "todo_test_later", Skipped: true},
		{File: "own/more_test.rego", Line: 13, Name: "test_table/none", Passed: true},
		{File: "own/more_test.rego", Line: 13, Name: "test_table/some", Detail: "own/more_test.rego:15: does not hold: count(owner_label.deny) == want with input as {\"metadata\": {}}\n    value = 1\n    want = 2"},
		{File: "own/team/owner_label_test.rego", Line: 5, Name: "test_reports_missing_label", Passed: true},
	}
	if diff := cmp.Diff(want, report.Cases); diff != "" {
		t.Error(diff)
	}
	if report.Failed() != 2 {
		t.Errorf("%d failed", report.Failed())
	}
}

func TestTestRefuses(t *testing.T) {
	dir := customDir(t, ownRule+"-- bad_test.rego --\npackage opslint.rules.kubernetes.bare_pod_test\n\ntest_x if true\n")
	want := `own/bad_test.rego:1: package of a test is "opslint.rules.kubernetes.bare_pod_test"; want one below custom.opslint`
	if _, err := Test(t.Context(), []string{dir}); err == nil || err.Error() != want {
		t.Errorf("error is %v", err)
	}
}
