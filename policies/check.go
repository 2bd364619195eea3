package policies

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/opslint/opslint/internal/rule"
)

// check verifies the modules of policies as far as OPA's compiler does not: the
// entry points are sets, and what is referred to below data.opslint exists.
func check(modules []*module, libraries map[string]*module) error {
	for _, m := range modules {
		tree, err := m.parse()
		if err != nil {
			return err
		}
		if err := checkEntryPoints(m, tree); err != nil {
			return err
		}
		if err := checkReferences(tree, libraries); err != nil {
			return err
		}
	}
	return nil
}

func checkEntryPoints(m *module, tree *ast.Module) error {
	if !strings.Contains(m.pkg, "opslint.rules.") {
		return nil
	}
	decides := false
	for _, r := range tree.Rules {
		name := string(r.Head.Name)
		if !slices.Contains(entryPoints, name) {
			continue
		}
		if r.Head.RuleKind() != ast.MultiValue || len(r.Head.Reference) > 1 {
			return fmt.Errorf("%s:%d: %s must be a set: write %s contains … if …", m.file, r.Location.Row, name, name)
		}
		decides = decides || name != "subject"
	}
	if !decides {
		return fmt.Errorf("%s:%d: rule denies nothing: write deny contains finding if …", m.file, tree.Package.Location.Row)
	}
	return nil
}

// checkReferences refuses references to packages of opslint that do not exist
// or are not for others: OPA takes them for data that is not there, and what
// depends on them would never hold.
func checkReferences(tree *ast.Module, libraries map[string]*module) error {
	var found error
	ast.WalkRefs(tree, func(ref ast.Ref) bool {
		path := constant(ref)
		if found != nil || slices.Equal(path, constant(tree.Package.Path)) {
			return false
		}
		var pkg string
		switch {
		case len(path) >= 2 && path[0] == "opslint":
			pkg = strings.Join(path[:min(3, len(path))], ".")
		case len(path) >= 3 && path[0] == "custom" && path[1] == "opslint":
			pkg = strings.Join(path[:min(4, len(path))], ".")
		default:
			return false
		}
		if libraries[pkg] == nil && !strings.HasPrefix("data."+strings.Join(path, "."), tree.Package.Path.String()) {
			location := ref[0].Location
			found = fmt.Errorf("%s:%d: package %s is no library%s", location.File, location.Row, pkg,
				rule.Suggest(pkg, slices.Sorted(maps.Keys(libraries))))
		}
		return false
	})
	return found
}

// constant returns the constant start of a reference to data, without "data".
func constant(ref ast.Ref) []string {
	if len(ref) == 0 || !ref[0].Equal(ast.DefaultRootDocument) {
		return nil
	}
	var path []string
	for _, step := range ref[1:] {
		text, ok := step.Value.(ast.String)
		if !ok {
			break
		}
		path = append(path, string(text))
	}
	return path
}

// checkCustom compiles the user's policies, so that faults in them come to
// light at the start and not when the first document of their family does.
func (c *collection) checkCustom() error {
	modules := c.custom()
	if len(modules) == 0 {
		return nil
	}
	if err := check(modules, c.libraries); err != nil {
		return err
	}
	modules, err := parseAll(modules, c.libraries)
	if err != nil {
		return err
	}
	_, err = compileModules(treesOf(modules))
	return err
}

// custom returns the modules of the user, tests excluded.
func (c *collection) custom() []*module {
	var modules []*module
	for _, p := range c.policies {
		if p.rule.Custom {
			modules = append(modules, p.module)
		}
	}
	for _, pkg := range slices.Sorted(maps.Keys(c.libraries)) {
		if strings.HasPrefix(pkg, customLibrary) {
			modules = append(modules, c.libraries[pkg])
		}
	}
	return modules
}
