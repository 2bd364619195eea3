package analyzers

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
)

// A load is one run of the go command: a module, or the modules of a go.work.
// Paths are slash-separated and relative to the workspace.
type load struct {
	dir     string   // where the go command runs
	file    string   // go.mod or go.work, for notices
	modules []string // directories of the modules
	work    bool     // modules are joined by file, a go.work
}

// skippedDirs are never entered when modules are looked for.
var skippedDirs = map[string]bool{"vendor": true, "node_modules": true}

// excludedDirs hold Go code that no rule is about: fixtures and samples.
var excludedDirs = map[string]bool{"testdata": true, "vendor": true, "example": true, "examples": true}

// excluded reports whether a directory lies in an excluded one below base.
func excluded(base, dir string) bool {
	rel, ok := below(base, dir)
	if !ok {
		return false
	}
	return slices.ContainsFunc(strings.Split(rel, "/"), func(name string) bool { return excludedDirs[name] })
}

// below returns name relative to dir, "." if they are equal; false if name is
// not below dir.
func below(dir, name string) (string, bool) {
	if dir = path.Clean(dir); dir == "." {
		return name, true
	}
	if name == dir {
		return ".", true
	}
	return strings.CutPrefix(name, dir+"/")
}

// A finder looks for the modules of a workspace.
type finder struct {
	tree    *source.Tree
	base    string
	modules map[string]bool
	// loose is the first directory with Go files that belong to no module.
	loose   string
	loosely int
	notices []finding.Notice
}

// findLoads returns the runs of the go command that cover dirs, in the order of
// their directories.
func findLoads(tree *source.Tree, base string, dirs []string) ([]load, []finding.Notice) {
	f := &finder{tree: tree, base: base, modules: make(map[string]bool)}
	for _, dir := range dirs {
		dir = path.Clean(dir)
		if info, err := tree.Stat(dir); err == nil && !info.IsDir() {
			dir = path.Dir(dir)
		}
		owner, owned := f.owner(dir)
		if owned {
			f.modules[owner] = true
		}
		f.walk(dir, owned)
	}
	if f.loosely > 0 {
		f.notices = append(f.notices, finding.Notice{
			Location: source.Location{File: source.NewFile(f.loose, nil)},
			Message:  fmt.Sprintf("%d Go files belong to no module and are not checked: add a go.mod", f.loosely),
		})
	}
	return f.join(), f.notices
}

// owner returns the directory of the module that dir belongs to.
func (f *finder) owner(dir string) (string, bool) {
	for {
		if f.isFile(path.Join(dir, "go.mod")) {
			return dir, true
		}
		if dir == "." || dir == "/" {
			return "", false
		}
		dir = path.Dir(dir)
	}
}

func (f *finder) isFile(name string) bool {
	info, err := f.tree.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// walk looks for modules in and below dir. Symbolic links are not followed, as
// the go command does not follow them either.
func (f *finder) walk(dir string, owned bool) {
	entries, err := f.tree.ReadDir(dir)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			f.notices = append(f.notices, finding.Notice{
				Location:   source.Location{File: source.NewFile(dir, nil)},
				Message:    fmt.Sprintf("read directory: %v", cause(err)),
				Incomplete: true,
			})
		}
		return
	}
	if f.isFile(path.Join(dir, "go.mod")) {
		f.modules[dir], owned = true, true
	}
	for _, entry := range entries {
		name := path.Join(dir, entry.Name())
		switch {
		case entry.IsDir():
			if !skipDir(entry.Name()) && !f.leavesOut(name) {
				f.walk(name, owned)
			}
		case !owned && entry.Type().IsRegular() && strings.HasSuffix(name, ".go"):
			if f.loosely++; f.loosely == 1 {
				f.loose = name
			}
		}
	}
}

func skipDir(name string) bool {
	return skippedDirs[name] || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")
}

// leavesOut reports whether a directory below base holds fixtures or samples.
func (f *finder) leavesOut(dir string) bool { return excluded(f.base, dir) }

// join groups the modules that were found by the go.work that governs them.
func (f *finder) join() []load {
	works := make(map[string]*load)
	var loads []load
	for _, dir := range slices.Sorted(maps.Keys(f.modules)) {
		work, uses := f.workOf(dir)
		if !slices.Contains(uses, dir) {
			loads = append(loads, load{dir: dir, file: path.Join(dir, "go.mod"), modules: []string{dir}})
			continue
		}
		if works[work] == nil {
			works[work] = &load{dir: path.Dir(work), file: work, work: true, modules: uses}
		}
	}
	for _, l := range works {
		loads = append(loads, *l)
	}
	slices.SortFunc(loads, func(a, b load) int { return cmp.Or(strings.Compare(a.dir, b.dir), strings.Compare(a.file, b.file)) })
	return loads
}

// workOf returns the go.work that governs a module, if there is one, and the
// directories of the modules that it joins.
func (f *finder) workOf(dir string) (string, []string) {
	for ; ; dir = path.Dir(dir) {
		name := path.Join(dir, "go.work")
		if f.isFile(name) {
			return name, f.uses(name)
		}
		if dir == "." || dir == "/" {
			return "", nil
		}
	}
}

func (f *finder) uses(name string) []string {
	file, err := f.tree.Read(name, 1<<20)
	if err != nil {
		return nil
	}
	work, err := modfile.ParseWork(name, file.Content, nil)
	if err != nil {
		return nil // the go command says so when it runs in the module
	}
	var dirs []string
	for _, use := range work.Use {
		if dir := path.Join(path.Dir(name), filepath.ToSlash(use.Path)); f.isFile(path.Join(dir, "go.mod")) {
			dirs = append(dirs, dir)
		}
	}
	slices.Sort(dirs)
	return slices.Compact(dirs)
}

// cause strips the operation and the path from an error of the file system.
func cause(err error) error {
	if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
		return pathErr.Err
	}
	return err
}
