package terraform

import (
	"path"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/opslint/opslint/internal/source"
)

// wrapperName is the file in which Terragrunt says which module it runs.
const wrapperName = "terragrunt.hcl"

// A wrapper is a file of Terragrunt's, which runs a root with values for its
// variables and may write further files beside it. Only which root is read.
type wrapper struct {
	// dir is the root's directory, or the end of it if the rest is computed;
	// "" if the file does not say, or names a module from elsewhere.
	dir   string
	exact bool
}

// parseWrapper reads a file of Terragrunt's. One that cannot be read says nothing.
func parseWrapper(f *source.File) *wrapper {
	w := &wrapper{}
	if invalidText(f.Content) >= 0 {
		return w
	}
	tokens, _ := hclsyntax.LexConfig(f.Content, f.Path, hcl.InitialPos)
	if checkNesting(tokens) != nil {
		return w
	}
	tree, diagnostics := hclsyntax.ParseConfig(f.Content, f.Path, hcl.InitialPos)
	if diagnostics.HasErrors() {
		return w
	}
	for _, b := range nativeBody(f, tree.Body.(*hclsyntax.Body)).nested("terraform") {
		if a := b.argument("source"); a != nil {
			w.dir, w.exact = wrappedDir(path.Dir(f.Path), a.expr)
		}
	}
	return w
}

// wrappedDir returns the directory that a source names, relative to that of the
// wrapper, or the end of it behind what is computed.
func wrappedDir(dir string, expr hclsyntax.Expression) (string, bool) {
	if template, ok := expr.(*hclsyntax.TemplateExpr); ok && len(template.Parts) > 1 {
		end, diagnostics := template.Parts[len(template.Parts)-1].Value(nil)
		if diagnostics.HasErrors() || !isString(end) || strings.ContainsAny(end.AsString(), ":?") {
			return "", false
		}
		return strings.Trim(path.Clean("/"+end.AsString()), "/"), false
	}
	v, diagnostics := expr.Value(nil)
	if diagnostics.HasErrors() || !isString(v) || !strings.HasPrefix(v.AsString(), ".") {
		return "", false
	}
	return path.Join(dir, v.AsString()), true
}

// runs reports whether the wrapper runs the root in a directory.
func (w *wrapper) runs(dir string) bool {
	return w.dir != "" && (dir == w.dir || !w.exact && strings.HasSuffix(dir, "/"+w.dir))
}

// isWrapped reports whether Terragrunt runs the root in a directory: from there
// or from elsewhere.
func (a *assembly) isWrapped(dir string) bool {
	for _, w := range a.wrappers {
		if w.runs(dir) {
			return true
		}
	}
	if a.loader.tree == nil {
		return false
	}
	_, err := a.loader.tree.Stat(path.Join(dir, wrapperName))
	return err == nil
}
