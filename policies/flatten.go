package policies

import (
	"regexp"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// flatten returns the trees of modules with every package one step below data:
// data["opslint.lib.image"] for data.opslint.lib.image. Evaluation walks the
// path at each reference, hundreds of times for a document. If a module names a
// package outside of its imports, all are left as they are. The trees share
// their rules with the modules; the compiler copies them.
func flatten(modules []*module) (trees map[string]*ast.Module, flat bool) {
	trees = treesOf(modules)
	packages := make(map[string]bool, len(modules))
	for _, m := range modules {
		if m.spellsOut() {
			return trees, false
		}
		packages[m.pkg] = true
	}
	for name, tree := range trees {
		short := *tree
		short.Package = &ast.Package{Path: flatPath(tree.Package.Path), Location: tree.Package.Location}
		short.Imports = make([]*ast.Import, len(tree.Imports))
		for i, imported := range tree.Imports {
			short.Imports[i] = flatImport(imported, packages)
		}
		trees[name] = &short
	}
	return trees, true
}

// spellsOut reports whether a module may name a package in full elsewhere than
// in its imports and comments.
func (m *module) spellsOut() bool {
	for line := range strings.Lines(m.text) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "import ") && ownPackages.MatchString(line) {
			return true
		}
	}
	return false
}

var ownPackages = regexp.MustCompile(`\bdata\.(?:opslint|custom)\b`)

// flatImport returns an import of one of the packages as one of its flat path.
func flatImport(imported *ast.Import, packages map[string]bool) *ast.Import {
	path, ok := imported.Path.Value.(ast.Ref)
	if !ok || !packages[strings.Join(constant(path), ".")] {
		return imported
	}
	short := *imported
	short.Path, short.Alias = ast.NewTerm(flatPath(path)).SetLocation(imported.Path.Location), imported.Name()
	return &short
}

// flatPath returns the path of one step for the path of a package.
func flatPath(path ast.Ref) ast.Ref {
	return ast.Ref{path[0], ast.StringTerm(strings.Join(constant(path), "."))}
}

// unflatten writes paths in a message as authors do.
func unflatten(message string) string { return flatInText.ReplaceAllString(message, "data.$1") }

var flatInText = regexp.MustCompile(`\bdata\["((?:custom\.)?opslint\.[\w.]+)"\]`)
