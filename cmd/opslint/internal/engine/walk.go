package engine

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"syscall"

	"github.com/go-git/go-git/v5/plumbing/format/gitignore"

	"github.com/opslint/opslint/internal/finding"
	"github.com/opslint/opslint/internal/source"
)

// skipped directories hold tools' state or other people's code.
var skipped = []string{".git", ".hg", ".svn", "node_modules", ".terraform", ".terragrunt-cache", ".venv"}

// ignoreLimit bounds what is read of a .gitignore file.
const ignoreLimit = 1 << 20

// walker lists the files of a tree in path order. It follows no link to a
// directory, so that a loop of links cannot trap it.
type walker struct {
	tree    *source.Tree
	exclude func(file string) bool
	wants   func(file string) bool
	files   []string
	notices []finding.Notice
}

// walk lists the wanted files below the directories.
func (w *walker) walk(dirs []string, repository bool) {
	for _, dir := range dirs {
		var patterns []gitignore.Pattern
		if repository {
			patterns = w.ignoredAbove(dir)
		}
		w.directory(dir, patterns)
	}
}

// add lists the wanted ones of some files, whether git ignores them or not.
func (w *walker) add(files ...string) {
	w.files = append(w.files, slices.DeleteFunc(files, func(file string) bool { return !w.wants(file) || w.exclude(file) })...)
	slices.Sort(w.files)
	w.files = slices.Compact(w.files)
}

// ignoredAbove gathers the patterns of the directories above dir.
func (w *walker) ignoredAbove(dir string) []gitignore.Pattern {
	patterns := w.ignoreFile(".git/info/exclude", nil)
	if dir == "." {
		return patterns
	}
	domain := []string{}
	for step := range strings.SplitSeq(dir, "/") {
		patterns = append(patterns, w.ignoreFile(path.Join(append(slices.Clone(domain), ".gitignore")...), domain)...)
		domain = append(domain, step)
	}
	return patterns
}

func (w *walker) directory(dir string, patterns []gitignore.Pattern) {
	entries, err := w.tree.ReadDir(dir)
	if err != nil {
		w.unreadable(dir, err)
		return
	}
	domain := split(dir)
	patterns = append(slices.Clip(patterns), w.ignoreFile(path.Join(dir, ".gitignore"), domain)...)
	ignored := gitignore.NewMatcher(patterns)
	for _, entry := range entries {
		name := path.Join(dir, entry.Name())
		switch {
		case entry.IsDir():
			if !slices.Contains(skipped, entry.Name()) && !ignored.Match(split(name), true) && !w.exclude(name) && !w.vendored(name) {
				w.directory(name, patterns)
			}
		case !w.wants(name) || ignored.Match(split(name), false) || w.exclude(name):
		case entry.Type()&fs.ModeSymlink != 0:
			w.link(name)
		default:
			w.files = append(w.files, name)
		}
	}
}

// link decides about a symbolic link. One to a directory is not followed; one
// to a file of the workspace adds nothing, since the file is met by itself.
func (w *walker) link(name string) {
	_, err := w.tree.Stat(name)
	switch {
	case err == nil || errors.Is(err, fs.ErrNotExist):
	case errors.Is(err, syscall.ELOOP):
		w.unreadable(name, err)
	default:
		w.notices = append(w.notices, finding.Notice{
			Location: source.Location{File: source.NewFile(name, nil)},
			Message:  "symbolic link leaves the workspace: not followed",
		})
	}
}

// vendored reports whether a directory holds Go modules copied by go mod vendor.
func (w *walker) vendored(dir string) bool {
	if path.Base(dir) != "vendor" {
		return false
	}
	_, err := w.tree.Stat(path.Join(dir, "modules.txt"))
	return err == nil
}

func (w *walker) ignoreFile(name string, domain []string) []gitignore.Pattern {
	f, err := w.tree.Read(name, ignoreLimit)
	if err != nil {
		return nil // most directories have none
	}
	var patterns []gitignore.Pattern
	for line := range bytes.Lines(f.Content) {
		text := strings.TrimRight(string(line), "\r\n")
		if strings.TrimSpace(text) != "" && !strings.HasPrefix(text, "#") {
			patterns = append(patterns, gitignore.ParsePattern(text, domain))
		}
	}
	return patterns
}

func (w *walker) unreadable(name string, err error) {
	w.notices = append(w.notices, finding.Notice{
		Location:   source.Location{File: source.NewFile(name, nil)},
		Message:    "cannot be read: " + cause(err),
		Incomplete: true,
	})
}

func split(name string) []string {
	if name == "." {
		return nil
	}
	return strings.Split(name, "/")
}
