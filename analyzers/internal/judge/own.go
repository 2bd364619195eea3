package judge

import (
	"go/build"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Own reports whether the package of pass is one of the user's: of the main
// module or, where modules are not known, neither of the standard library nor
// under the name of a host.
func Own(pass *analysis.Pass) bool {
	if m := pass.Module; m != nil && m.Path != "" {
		return m.Main || m.Version == ""
	}
	if len(pass.Files) == 0 {
		return false
	}
	root := build.Default.GOROOT
	name := filepath.Clean(pass.Fset.File(pass.Files[0].FileStart).Name())
	if root != "" && strings.HasPrefix(name, filepath.Clean(root)+string(filepath.Separator)) {
		return false
	}
	first, _, _ := strings.Cut(pass.Pkg.Path(), "/")
	return !strings.Contains(first, ".")
}
