package analyzers

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"golang.org/x/mod/modfile"
	"golang.org/x/tools/go/packages"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
)

// loadMode asks for the syntax of the packages that are named and for the
// export data of everything else.
const loadMode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles |
	packages.NeedImports | packages.NeedExportFile | packages.NeedTypes | packages.NeedTypesSizes |
	packages.NeedSyntax | packages.NeedTypesInfo | packages.NeedModule

// files are the Go files of a run by workspace path: one File each, however
// many packages hold it.
type files struct {
	tree *source.Tree
	root string // the tree's directory as the go command spells it
	mu   sync.Mutex
	all  map[string]*source.File
}

// get returns the file with an absolute name, nil if it is not in the workspace
// or cannot be read.
func (f *files) get(name string) *source.File {
	rel, ok := f.rel(name)
	if !ok {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	file, known := f.all[rel]
	if !known {
		file, _ = f.tree.Read(rel, 0)
		f.all[rel] = file
	}
	return file
}

// rel turns an absolute name into a workspace path.
func (f *files) rel(name string) (string, bool) {
	rel, err := filepath.Rel(f.root, name)
	if err != nil || !filepath.IsLocal(rel) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

// overlay is the tree's unsaved content as the loader wants it.
func (f *files) overlay() map[string][]byte {
	overlay := make(map[string][]byte)
	for name, content := range f.tree.Overlay() {
		overlay[filepath.Join(f.root, filepath.FromSlash(name))] = content
	}
	return overlay
}

// parse is the ParseFile of the loader.
func (f *files) parse(fset *token.FileSet, name string, src []byte) (*ast.File, error) {
	if rel, ok := f.rel(name); ok {
		f.mu.Lock()
		if file := f.all[rel]; file != nil {
			src = file.Content
		} else {
			f.all[rel] = source.NewFile(rel, src)
		}
		f.mu.Unlock()
	}
	return parser.ParseFile(fset, name, src, parser.AllErrors|parser.ParseComments|parser.SkipObjectResolution)
}

// run loads the packages of a load as they are built for a platform, "" for the
// host's. What keeps it from being complete is told
// in notices; packages with errors are returned too.
func (l *load) run(ctx context.Context, f *files, platform string) ([]*packages.Package, []finding.Notice) {
	dir := filepath.Join(f.tree.Dir(), filepath.FromSlash(l.dir))
	var patterns []string
	for _, module := range l.modules {
		patterns = append(patterns, filepath.Join(f.tree.Dir(), filepath.FromSlash(module))+string(filepath.Separator)+"...")
	}
	loaded, err := packages.Load(&packages.Config{
		Context:   ctx,
		Mode:      loadMode,
		Dir:       dir,
		Env:       l.environment(platform),
		Fset:      token.NewFileSet(),
		ParseFile: f.parse,
		Overlay:   f.overlay(),
	}, patterns...)
	if err != nil {
		return nil, []finding.Notice{l.failure(f, err)}
	}
	// A pattern without packages is a package without files.
	loaded = slices.DeleteFunc(loaded, func(p *packages.Package) bool {
		return len(p.CompiledGoFiles) == 0 && len(p.GoFiles) == 0 && onlyMatchesNothing(p)
	})
	return loaded, nil
}

func onlyMatchesNothing(p *packages.Package) bool {
	return !slices.ContainsFunc(p.Errors, func(e packages.Error) bool {
		return !strings.Contains(e.Msg, "matched no packages") && !strings.Contains(e.Msg, "build constraints exclude all Go files") && !strings.Contains(e.Msg, "no non-test Go files")
	})
}

// environment is the user's own, except that the go command fetches nothing
// and changes no file.
func (l *load) environment(platform string) []string {
	flags := []string{"-buildvcs=false"}
	for flag := range strings.FieldsSeq(os.Getenv("GOFLAGS")) {
		name, value, _ := strings.Cut(strings.TrimLeft(flag, "-"), "=")
		if name == "mod" && value == "mod" || name == "buildvcs" {
			continue
		}
		flags = append(flags, flag)
	}
	env := append(os.Environ(),
		"GOTOOLCHAIN=local",
		"GOPROXY=off",
		"GOFLAGS="+strings.Join(flags, " "),
		"GOPACKAGESDRIVER=off",
	)
	if system, architecture, ok := strings.Cut(platform, "/"); ok {
		env = append(env, "GOOS="+system, "GOARCH="+architecture)
	}
	if !l.work {
		env = append(env, "GOWORK=off")
	}
	return env
}

// failure is the notice for a go command that could not list any package.
func (l *load) failure(f *files, err error) finding.Notice {
	n := finding.Notice{Incomplete: true}
	file, readErr := f.tree.Read(l.file, 1<<20)
	if readErr != nil {
		file = source.NewFile(l.file, nil)
	}
	n.Location.File = file
	text := strings.ReplaceAll(err.Error(), f.root+string(filepath.Separator), "")
	message := goMessage(text)
	n.Message = "Go packages are not checked: " + message
	switch {
	case strings.Contains(message, "requires go >="):
		n.Location.Range = goLine(file)
	case strings.Contains(message, "errors parsing"):
		n.Location.Range, n.Message = syntaxError(file, text, n.Message)
	}
	return n
}

// noToolchain is the notice for a machine without a go command.
func noToolchain(tree *source.Tree, loads []load) finding.Notice {
	file, err := tree.Read(loads[0].file, 1<<20)
	if err != nil {
		file = source.NewFile(loads[0].file, nil)
	}
	return finding.Notice{
		Location:   source.Location{File: file},
		Message:    "Go packages are not checked: the go command is not on the PATH",
		Incomplete: true,
	}
}

// goMessage makes one line of what the go command printed.
func goMessage(text string) string {
	text = strings.TrimPrefix(text, "err: exit status 1: stderr: ")
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), "go: "))
		if line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "; ")
}

// goLine is the range of the go directive of a go.mod or go.work.
func goLine(file *source.File) source.Range {
	var line *modfile.Line
	if path.Base(file.Path) == "go.work" {
		if work, err := modfile.ParseWork(file.Path, file.Content, nil); err == nil && work.Go != nil {
			line = work.Go.Syntax
		}
	} else if mod, err := modfile.ParseLax(file.Path, file.Content, nil); err == nil && mod.Go != nil {
		line = mod.Go.Syntax
	}
	if line == nil {
		return source.Range{}
	}
	return source.Range{Start: line.Start.Byte, End: line.End.Byte}
}

// syntaxError finds the first line of go.mod that the go command complains of.
func syntaxError(file *source.File, text, otherwise string) (source.Range, string) {
	prefix := path.Base(file.Path) + ":"
	for line := range strings.Lines(text) {
		rest, ok := strings.CutPrefix(strings.TrimSpace(line), prefix)
		if !ok {
			continue
		}
		var number int
		if _, err := fmt.Sscanf(rest, "%d:", &number); err != nil {
			continue
		}
		_, message, _ := strings.Cut(rest, ":")
		return file.LineRange(number), "Go packages are not checked: " + strings.TrimSpace(message)
	}
	return source.Range{}, otherwise
}
