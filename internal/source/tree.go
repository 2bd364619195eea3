package source

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// A Tree reads the files of one workspace and never anything outside it: a
// symbolic link that leaves the root is an error, not a way out. It is safe for
// concurrent use.
type Tree struct {
	dir     string
	root    *os.Root
	overlay map[string][]byte
}

// ErrTooLarge is what [Tree.Read] returns for a file above the limit.
var ErrTooLarge = errors.New("file is too large")

// OpenTree returns the tree rooted at a directory. Overlay holds unsaved
// content by path and may be nil.
func OpenTree(dir string, overlay map[string][]byte) (*Tree, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("resolve workspace: %w", err)
	}
	if abs, err = filepath.EvalSymlinks(abs); err != nil {
		return nil, fmt.Errorf("resolve workspace: %w", err)
	}
	root, err := os.OpenRoot(abs)
	if err != nil {
		return nil, fmt.Errorf("open workspace: %w", err)
	}
	return &Tree{dir: abs, root: root, overlay: overlay}, nil
}

// Dir returns the root's absolute path with symbolic links resolved.
func (t *Tree) Dir() string { return t.dir }

// Overlay returns the unsaved content by path. It must not be changed.
func (t *Tree) Overlay() map[string][]byte { return t.overlay }

// Close releases the root. The files that were read stay valid.
func (t *Tree) Close() error { return t.root.Close() }

// Read returns a file of the workspace by its slash-separated path. Only
// regular files are read; limit is in bytes, 0 for none.
func (t *Tree) Read(name string, limit int64) (*File, error) {
	content, err := t.read(path.Clean(name), limit)
	if err != nil {
		return nil, err
	}
	return NewFile(path.Clean(name), content), nil
}

func (t *Tree) read(name string, limit int64) ([]byte, error) {
	if content, ok := t.overlay[name]; ok {
		if limit > 0 && int64(len(content)) > limit {
			return nil, ErrTooLarge
		}
		return content, nil
	}
	f, size, err := t.open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if limit > 0 && size > limit {
		return nil, ErrTooLarge
	}
	content := make([]byte, size)
	n, err := io.ReadFull(f, content)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return content[:n], nil
}

// open opens a regular file and returns its size.
func (t *Tree) open(name string) (*os.File, int64, error) {
	info, err := t.root.Stat(filepath.FromSlash(name))
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() { // a named pipe would never end
		return nil, 0, &fs.PathError{Op: "read", Path: name, Err: errors.New("not a regular file")}
	}
	f, err := t.root.Open(filepath.FromSlash(name))
	return f, info.Size(), err
}

// Head returns at most n bytes from the start of a regular file.
func (t *Tree) Head(name string, n int) ([]byte, error) {
	name = path.Clean(name)
	if content, ok := t.overlay[name]; ok {
		return content[:min(n, len(content))], nil
	}
	f, _, err := t.open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, int64(n)))
}

// Stat describes a file or directory of the workspace, links followed.
func (t *Tree) Stat(name string) (fs.FileInfo, error) { return t.root.Stat(filepath.FromSlash(name)) }

// ReadDir lists a directory of the workspace in name order.
func (t *Tree) ReadDir(name string) ([]fs.DirEntry, error) {
	return fs.ReadDir(t.root.FS(), path.Clean(name))
}
