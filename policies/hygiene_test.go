package policies

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/opslint/opslint/internal/rule"
)

// The tests in this file hold for every embedded policy, so that a new rule
// needs no test of its own for them. Each names the line at fault.

// onDisk lists the Rego files of the families and the library, tests included.
func onDisk(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob("*/*.rego")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	return names
}

func isTest(name string) bool { return strings.HasSuffix(name, "_test.rego") }

// modulesOnDisk parses all of them.
func modulesOnDisk(t *testing.T) []*module {
	t.Helper()
	var modules []*module
	for _, name := range onDisk(t) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, pkg := findBlock(name, string(text))
		m := &module{file: name, pkg: pkg, text: string(text)}
		if _, err := m.parse(); err != nil {
			t.Error(err)
			continue
		}
		modules = append(modules, m)
	}
	return modules
}

func TestEmbedded(t *testing.T) {
	for _, name := range onDisk(t) {
		_, err := fs.Stat(builtinFiles, name)
		switch {
		case isTest(name) && err == nil:
			t.Errorf("%s: a test is embedded; correct the patterns in policies.go", name)
		case !isTest(name) && err != nil:
			t.Errorf("%s: is not embedded; add a pattern in policies.go", name)
		}
	}
}

func TestFormatted(t *testing.T) {
	for _, name := range onDisk(t) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		want, err := format.SourceWithOpts(name, text, format.Opts{RegoVersion: ast.RegoV1})
		if err != nil {
			t.Error(err)
			continue
		}
		lines, wanted := bytes.Split(text, []byte("\n")), bytes.Split(want, []byte("\n"))
		for i := range max(len(lines), len(wanted)) {
			if i >= len(lines) || i >= len(wanted) || !bytes.Equal(lines[i], wanted[i]) {
				t.Errorf("%s:%d: is not formatted; run opa fmt -w", name, i+1)
				break
			}
		}
	}
}

func TestCompilesStrictly(t *testing.T) {
	trees := map[string]*ast.Module{}
	for _, m := range modulesOnDisk(t) {
		trees[m.file] = m.tree
	}
	compiler := ast.NewCompiler().WithCapabilities(capabilities()).WithStrict(true)
	compiler.SetErrorLimit(0)
	compiler.Compile(trees)
	for _, err := range compiler.Errors {
		t.Errorf("%s:%d: %s", err.Location.File, err.Location.Row, oneLine(err.Message))
	}
}

func TestReferences(t *testing.T) {
	all := must(builtin())
	for _, p := range all.policies {
		if err := check([]*module{p.module}, all.libraries); err != nil {
			t.Error(err)
		}
	}
	for _, library := range all.libraries {
		if err := check([]*module{library}, all.libraries); err != nil {
			t.Error(err)
		}
	}
}

func TestSiblings(t *testing.T) {
	for _, name := range onDisk(t) {
		if isTest(name) {
			continue
		}
		stem := strings.TrimSuffix(name, ".rego")
		test, err := os.ReadFile(stem + "_test.rego")
		if err != nil {
			t.Errorf("%s:1: has no unit test %s_test.rego", name, stem)
		} else if _, pkg := findBlock(name, string(test)); pkg != packageOf(stem)+"_test" {
			t.Errorf("%s_test.rego: package is %s, want %s_test", stem, pkg, packageOf(stem))
		}
		if filepath.Dir(name) != libraryFolder {
			checkExample(t, stem+".txtar")
		}
	}
}

func packageOf(stem string) string {
	folder, base := filepath.Split(stem)
	if folder = filepath.Clean(folder); folder == libraryFolder {
		return "opslint.lib." + base
	}
	return "opslint.rules." + folder + "." + base
}

func checkExample(t *testing.T, name string) {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Errorf("%s: rule has no example", name)
		return
	}
	archive := txtar.Parse(content)
	has := func(prefix string) bool {
		return slices.ContainsFunc(archive.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, prefix) })
	}
	switch {
	case len(bytes.TrimSpace(archive.Comment)) == 0:
		t.Errorf("%s:1: no sentence says what the example shows", name)
	case !has("bad/") || !has("good/"):
		t.Errorf("%s: want files below bad/ and below good/", name)
	case archive.Files[len(archive.Files)-1].Name != "findings":
		t.Errorf("%s: the last section is not findings", name)
	}
}

var ownClause = regexp.MustCompile(`^OPS-([0-9]+|[A-Z]{3})\.([0-9]+|[A-Z])$`)

func TestMetadata(t *testing.T) {
	for _, p := range must(builtin()).policies {
		if len(p.rule.Clauses) == 0 {
			t.Errorf("%s: rule serves no clause", p.file)
		}
		for _, clause := range p.rule.Clauses {
			if !ownClause.MatchString(clause) {
				t.Errorf("%s: %s is no clause of the standard", p.file, clause)
			}
		}
		if p.rule.Documents != p.rule.Family() {
			t.Errorf("%s: rule of family %s judges documents of %s", p.file, p.rule.Family(), p.rule.Documents)
		}
		for _, text := range []string{p.rule.Title, p.rule.Remedy} {
			if strings.HasSuffix(text, ".") {
				t.Errorf("%s: %q ends in a full stop", p.file, text)
			}
		}
		for _, parameter := range p.rule.Parameters {
			if parameter.Standard == "" {
				continue
			}
			if want, err := standardDefault(&parameter); err != nil || parameter.Default != want {
				t.Errorf("%s: parameter %s is %v, but the standard's %s is %v", p.file, parameter.Name, parameter.Default, parameter.Standard, want)
			}
		}
	}
}

// A policy reads as its author's intent only without these.
func TestConstructs(t *testing.T) {
	for _, m := range modulesOnDisk(t) {
		if isTest(m.file) {
			continue
		}
		for _, fault := range constructs(m.tree) {
			t.Error(fault)
		}
	}
}

func constructs(tree *ast.Module) []string {
	var faults []string
	report := func(at *ast.Location, format string, args ...any) {
		faults = append(faults, fmt.Sprintf("%s:%d: ", at.File, at.Row)+fmt.Sprintf(format, args...))
	}
	ast.WalkExprs(tree, func(e *ast.Expr) bool {
		if len(e.With) > 0 {
			report(e.Location, "with is for tests only")
		}
		if e.IsCall() && e.Operator().String() == "walk" {
			report(e.Location, "walk visits everything; follow the path instead")
		}
		if name := nestedCall(e); name != "" {
			report(e.Location, "not holds also when %s is undefined; bind its result before", name)
		}
		return false
	})
	ast.WalkTerms(tree, func(term *ast.Term) bool {
		if call, ok := term.Value.(ast.Call); ok && call[0].String() == "walk" {
			report(term.Location, "walk visits everything; follow the path instead")
		}
		return false
	})
	return faults
}

// total lists builtins that have a result for whatever policies give them.
var total = []string{
	"object.get", "type_name", "sprintf", "array.concat",
	"is_string", "is_number", "is_object", "is_array", "is_boolean", "is_null", "is_set",
}

// nestedCall returns a builtin inside a negated expression that may be
// undefined. Functions of the library say in their comments what they yield.
func nestedCall(e *ast.Expr) string {
	if !e.Negated {
		return ""
	}
	found := ""
	for _, operand := range e.Operands() {
		ast.WalkTerms(operand, func(term *ast.Term) bool {
			if call, ok := term.Value.(ast.Call); ok {
				if name := call[0].String(); ast.BuiltinMap[name] != nil && !slices.Contains(total, name) {
					found = name
				}
			}
			return found != ""
		})
	}
	return found
}

func TestConstructsAreNoticed(t *testing.T) {
	for _, test := range []struct{ body, want string }{
		{`x if not to_number(input.a) >= 30`, `x.rego:3: not holds also when to_number is undefined; bind its result before`},
		{`x if not startswith(lower(input.a), "b")`, `x.rego:3: not holds also when lower is undefined; bind its result before`},
		{`x if not object.get(input, "a", 0) > 3`, ``},
		{`x if not input.a`, ``},
		{`x if walk(input, [["a"], _])`, `x.rego:3: walk visits everything; follow the path instead`},
		{`x if input.a with input as 1`, `x.rego:3: with is for tests only`},
	} {
		m := &module{file: "x.rego", pkg: "a", text: "package a\n\n" + test.body + "\n"}
		tree, err := m.parse()
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(constructs(tree), "\n"); got != test.want {
			t.Errorf("%s: got %q", test.body, got)
		}
	}
}

func TestReadBuiltinRefuses(t *testing.T) {
	for _, test := range []struct{ old, new, want string }{
		{"package opslint.rules.kubernetes.x", "package opslint.rules.kubernetes.y", `kubernetes/x.rego: package is "opslint.rules.kubernetes.y", but its place asks for "opslint.rules.kubernetes.x"`},
		{"id: kubernetes/x", "id: kubernetes/y", `kubernetes/x.rego: rule is called kubernetes/y, but its file says kubernetes/x`},
		{"# METADATA", "# DATA", `kubernetes/x.rego:1: rule has no METADATA above its package`},
	} {
		file, text, _ := strings.Cut(strings.TrimPrefix(strings.Replace(ruleText("x", "deny contains {}"), test.old, test.new, 1), "-- "), " --\n")
		dir := t.TempDir()
		if err := os.Mkdir(filepath.Join(dir, "kubernetes"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := readBuiltin(os.DirFS(dir)); err == nil || err.Error() != test.want {
			t.Errorf("error is %v, want %s", err, test.want)
		}
	}
}

func TestExampleBelongsToItsRule(t *testing.T) {
	for _, p := range testPolicies(t, "").policies {
		want := rule.Example{}
		if p.rule.ID == "kubernetes/missing-probe" {
			want.Files = []rule.ExampleFile{
				{Name: "bad/deployment.yaml", Content: "kind: Deployment\n", Bad: true},
				{Name: "good/deployment.yaml", Content: "kind: Deployment\n"},
			}
		}
		if !slices.Equal(p.rule.Example.Files, want.Files) {
			t.Errorf("%s: %+v", p.rule.ID, p.rule.Example)
		}
	}
}
