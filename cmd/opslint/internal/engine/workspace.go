package engine

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// A Workspace is the tree that is checked and which part of it the user asked
// about.
type Workspace struct {
	// Root is the absolute directory that all paths are relative to: the top of
	// the git repository or else of the Go module, else the directory the user
	// named.
	Root string
	// Base is the directory, relative to Root, below which everything lies that
	// the user asked about. Names of folders above it mean nothing.
	Base string
	// Dirs and Files are what the user named, relative to Root. A directory is
	// checked as it stands; a file is checked in the context of its repository,
	// because its autoscaler may stand in another file.
	Dirs, Files []string
	// Repository is true if Root is the top of a git repository.
	Repository bool
}

// Resolve finds the workspace of the paths that the user named, as seen from
// the working directory. No path means the working directory.
func Resolve(paths []string) (*Workspace, error) {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	var dirs, files []string
	for _, p := range paths {
		abs, err := resolvePath(p)
		if err != nil {
			return nil, err
		}
		info, err := os.Stat(abs)
		if err != nil {
			return nil, fmt.Errorf("no such file or directory: %s", p)
		}
		if info.IsDir() {
			dirs = append(dirs, abs)
		} else {
			files = append(files, abs)
		}
	}
	bases := slices.Clone(dirs)
	for _, file := range files {
		bases = append(bases, filepath.Dir(file))
	}
	base := common(bases)
	root, repository := repositoryTop(base)
	w := &Workspace{Root: root, Repository: repository, Base: relative(root, base)}
	for _, dir := range dirs {
		w.Dirs = append(w.Dirs, relative(root, dir))
	}
	for _, file := range files {
		w.Files = append(w.Files, relative(root, file))
	}
	return w, nil
}

// resolvePath returns the absolute path with the links of its directory
// resolved, so that it can be compared with the resolved root. The last element
// stays as named: a link given by name is the user's wish.
func resolvePath(p string) (string, error) {
	abs, err := filepath.Abs(p)
	if err != nil {
		return "", fmt.Errorf("resolve %s: %w", p, err)
	}
	info, err := os.Stat(abs)
	if err != nil {
		return "", fmt.Errorf("no such file or directory: %s", p)
	}
	if info.IsDir() {
		return filepath.EvalSymlinks(abs)
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(abs))
	if err != nil {
		return "", fmt.Errorf("resolve %s: %w", p, err)
	}
	return filepath.Join(dir, filepath.Base(abs)), nil
}

// repositoryTop returns the nearest directory at or above dir that is the top of
// a git repository; without one, that of a Go module, or dir itself.
func repositoryTop(dir string) (top string, repository bool) {
	if top, ok := nearest(dir, ".git"); ok {
		return top, true
	}
	if top, ok := nearest(dir, "go.mod"); ok {
		return top, false
	}
	return dir, false
}

// nearest returns the nearest directory at or above dir that holds a name.
func nearest(dir, name string) (string, bool) {
	for at := dir; ; at = filepath.Dir(at) {
		if _, err := os.Lstat(filepath.Join(at, name)); err == nil {
			return at, true
		} else if !errors.Is(err, os.ErrNotExist) || at == filepath.Dir(at) {
			return "", false
		}
	}
}

// common returns the deepest directory that contains all of them.
func common(dirs []string) string {
	base := dirs[0]
	for _, dir := range dirs[1:] {
		for base != filepath.Dir(base) && !within(base, dir) {
			base = filepath.Dir(base)
		}
	}
	return base
}

func within(dir, file string) bool {
	return dir == file || strings.HasPrefix(file, strings.TrimSuffix(dir, string(filepath.Separator))+string(filepath.Separator))
}

func relative(root, file string) string {
	rel, err := filepath.Rel(root, file)
	if err != nil { // both are absolute and one lies in the other
		return filepath.ToSlash(file)
	}
	return filepath.ToSlash(rel)
}

// Asked reports whether the user asked about a file.
func (w *Workspace) Asked(file string) bool {
	return slices.Contains(w.Files, file) || slices.ContainsFunc(w.Dirs, func(dir string) bool { return below(dir, file) })
}

// context returns the directories to read: those that were named, or the
// repository around named files.
func (w *Workspace) context() []string {
	if len(w.Files) > 0 && w.Repository {
		return []string{"."}
	}
	return w.Dirs
}

// goPaths returns what the analyzers have to look at: directories, and files
// that can change what a package means.
func (w *Workspace) goPaths() []string {
	paths := slices.Clone(w.Dirs)
	for _, file := range w.Files {
		if name := path.Base(file); strings.HasSuffix(name, ".go") || name == "go.mod" || name == "go.work" {
			paths = append(paths, file)
		}
	}
	return paths
}

// below reports whether a slash-separated path lies in a directory.
func below(dir, file string) bool {
	return dir == "." || dir == file || strings.HasPrefix(file, dir+"/")
}

// Only narrows the workspace to one file of its base directory. The file need
// not exist.
func (w *Workspace) Only(name string) {
	w.Dirs, w.Files = nil, []string{path.Join(w.Base, name)}
}
