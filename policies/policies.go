// Package policies judges documents by rules that are written in Rego. It is
// the only home of OPA.
//
// A rule is three files with one stem in the folder of its family: the policy
// (.rego), its unit tests (_test.rego) and an example (.txtar). The METADATA
// comment of the policy is its only registration; lib holds what rules share.
//
// Start with [Rules], which lists what there is, and [New], whose [Evaluator]
// judges groups of documents.
package policies

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/opslint/opslint/internal/rule"
)

// The patterns take every family and the library, without their tests: a stem
// ends in no t, or in one that no s stands before. A test tells when a new rule
// needs another pattern.
//
//go:embed */*[^t].rego */*[^s]t.rego */*.txtar
var builtinFiles embed.FS

const libraryFolder = "lib"

// A policy is a rule with the module that implements it.
type policy struct {
	rule *rule.Rule
	*module
}

// A module is a Rego file.
type module struct {
	file string // as messages name it
	pkg  string // path of its package: "opslint.lib.image"
	text string

	once sync.Once // guards what parse found
	tree *ast.Module
	err  error
}

// A collection is a set of policies and the libraries they may import.
type collection struct {
	policies  []*policy          // ordered by ID
	libraries map[string]*module // by package
}

// builtin holds the policies that come with opslint.
var builtin = sync.OnceValues(func() (*collection, error) { return readBuiltin(builtinFiles) })

// Rules returns the embedded rules and those in the directories of user
// policies, ordered by ID.
func Rules(dirs ...string) ([]*rule.Rule, error) {
	all, err := collect(dirs)
	if err != nil {
		return nil, err
	}
	rules := make([]*rule.Rule, 0, len(all.policies))
	for _, p := range all.policies {
		rules = append(rules, p.rule)
	}
	return rules, nil
}

// collect joins the embedded policies with those of the user's directories.
func collect(dirs []string) (*collection, error) {
	own, err := builtin()
	if err != nil || len(dirs) == 0 {
		return own, err
	}
	return addCustom(own, dirs)
}

// readBuiltin reads the folders of the families and the library.
func readBuiltin(files fs.FS) (*collection, error) {
	c := &collection{libraries: map[string]*module{}}
	names, err := fs.Glob(files, "*/*.rego")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.rego") {
			continue
		}
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		if err := c.addBuiltin(files, name, string(content)); err != nil {
			return nil, err
		}
	}
	c.sort()
	return c, nil
}

func (c *collection) addBuiltin(files fs.FS, name, text string) error {
	folder, base := path.Split(name)
	folder, stem := path.Clean(folder), strings.TrimSuffix(base, ".rego")
	b, pkg := findBlock(name, text)
	m := &module{file: name, pkg: pkg, text: text}
	if folder == libraryFolder {
		c.libraries[pkg] = m
		return wantPackage(m, "opslint.lib."+stem)
	}
	if err := wantPackage(m, "opslint.rules."+folder+"."+stem); err != nil {
		return err
	}
	p, err := newPolicy(b, m)
	if err != nil {
		return err
	}
	if want := folder + "/" + strings.ReplaceAll(stem, "_", "-"); p.rule.ID != want {
		return fmt.Errorf("%s: rule is called %s, but its file says %s", name, p.rule.ID, want)
	}
	if example, err := fs.ReadFile(files, folder+"/"+stem+".txtar"); err == nil {
		p.rule.Example = readExample(example)
	}
	c.policies = append(c.policies, p)
	return nil
}

func newPolicy(b block, m *module) (*policy, error) {
	if b.text == "" {
		return nil, fmt.Errorf("%s:1: rule has no METADATA above its package", m.file)
	}
	r, err := readMetadata(b)
	if err != nil {
		return nil, err
	}
	r.Documents = cmp.Or(r.Documents, r.Family())
	return &policy{rule: r, module: m}, nil
}

func wantPackage(m *module, want string) error {
	if m.pkg != want {
		return fmt.Errorf("%s: package is %q, but its place asks for %q", m.file, m.pkg, want)
	}
	return nil
}

func (c *collection) sort() {
	slices.SortFunc(c.policies, func(a, b *policy) int { return cmp.Compare(a.rule.ID, b.rule.ID) })
}

// readExample takes the files below bad/ and good/ of an archive.
func readExample(archive []byte) rule.Example {
	var example rule.Example
	for _, file := range txtar.Parse(archive).Files {
		bad := strings.HasPrefix(file.Name, "bad/")
		if bad || strings.HasPrefix(file.Name, "good/") {
			example.Files = append(example.Files, rule.ExampleFile{Name: file.Name, Content: string(file.Data), Bad: bad})
		}
	}
	return example
}
