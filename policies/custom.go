package policies

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/opslint/opslint/internal/rule"
)

// The user's own policies live in packages of their own and may import the
// library; nothing they say changes what an embedded policy means.
const (
	customRules   = "custom.opslint.rules."
	customLibrary = "custom.opslint.lib."
)

// customLimit is the size in bytes above which a policy is not read.
const customLimit = 1 << 20

// addCustom returns the embedded policies together with those below the
// directories.
func addCustom(own *collection, dirs []string) (*collection, error) {
	c := &collection{policies: slices.Clone(own.policies), libraries: map[string]*module{}}
	for pkg, library := range own.libraries {
		c.libraries[pkg] = library
	}
	for _, dir := range dirs {
		if err := c.addDir(dir); err != nil {
			return nil, err
		}
	}
	c.sort()
	return c, nil
}

func (c *collection) addDir(dir string) error {
	return walkPolicies(dir, func(files fs.FS, name, shown string) error {
		if strings.HasSuffix(name, "_test.rego") {
			return nil
		}
		text, err := readPolicy(files, name, shown)
		if err != nil {
			return err
		}
		return c.addFile(files, name, &module{file: shown, text: text})
	})
}

// walkPolicies calls visit for each Rego file below a directory, in order of
// name, with the name as messages show it. Hidden folders are left alone.
func walkPolicies(dir string, visit func(files fs.FS, name, shown string) error) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	files := root.FS()
	return fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir
		case entry.IsDir() || path.Ext(name) != ".rego":
			return nil
		}
		return visit(files, name, filepath.ToSlash(filepath.Join(dir, name)))
	})
}

// readPolicy reads a regular file of modest size.
func readPolicy(files fs.FS, name, shown string) (string, error) {
	info, err := fs.Lstat(files, name)
	switch {
	case err != nil:
		return "", err
	case info.Mode()&fs.ModeSymlink != 0:
		return "", fmt.Errorf("%s is a symbolic link; policies must be regular files", shown)
	case !info.Mode().IsRegular():
		return "", fmt.Errorf("%s is not a regular file", shown)
	case info.Size() > customLimit:
		return "", fmt.Errorf("%s is larger than %d KiB", shown, customLimit>>10)
	}
	f, err := files.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, customLimit))
	return string(content), err
}

func (c *collection) addFile(files fs.FS, name string, m *module) error {
	b, pkg := findBlock(m.file, m.text)
	m.pkg = pkg
	stem := strings.TrimSuffix(path.Base(name), ".rego")
	if space, ok := strings.CutPrefix(pkg, customLibrary); ok && space == stem {
		if other := c.libraries[pkg]; other != nil {
			return fmt.Errorf("%s: package %s is also that of %s", m.file, pkg, other.file)
		}
		c.libraries[pkg] = m
		return nil
	}
	space, last, ok := strings.Cut(strings.TrimPrefix(pkg, customRules), ".")
	if !ok || !strings.HasPrefix(pkg, customRules) || last != stem {
		return fmt.Errorf("%s:1: package is %q; want %s<group>.%s for a rule or %s%s for a library", m.file, pkg, customRules, stem, customLibrary, stem)
	}
	p, err := newPolicy(b, m)
	if err != nil {
		return err
	}
	p.rule.Custom = true
	if packageName(p.rule.Family()) != space || p.rule.Stem() != stem {
		want := strings.ReplaceAll(space+"/"+stem, "_", "-")
		return fmt.Errorf("%s:%d: rule is called %s, but its package says %s", m.file, b.line, p.rule.ID, want)
	}
	if err := c.accept(p, b); err != nil {
		return err
	}
	if info, err := fs.Stat(files, strings.TrimSuffix(name, ".rego")+".txtar"); err == nil && info.Size() <= customLimit {
		if example, err := fs.ReadFile(files, strings.TrimSuffix(name, ".rego")+".txtar"); err == nil {
			p.rule.Example = readExample(example)
		}
	}
	c.policies = append(c.policies, p)
	return nil
}

// accept checks a rule of the user's against those there are.
func (c *collection) accept(p *policy, b block) error {
	var families []string
	for _, other := range c.policies {
		if !other.rule.Custom && !slices.Contains(families, other.rule.Documents) {
			families = append(families, other.rule.Documents)
		}
		for _, id := range append([]string{p.rule.ID}, p.rule.Aliases...) {
			if id == other.rule.ID || slices.Contains(other.rule.Aliases, id) {
				return fmt.Errorf("%s:%d: ID %s is taken by the rule in %s", p.file, b.line, id, other.file)
			}
		}
	}
	if !slices.Contains(families, p.rule.Documents) {
		return fmt.Errorf("%s:%d: no documents of family %q are known%s; set custom.family to one of %s",
			p.file, b.line, p.rule.Documents, rule.Suggest(p.rule.Documents, families), strings.Join(families, ", "))
	}
	return nil
}

// packageName respells the part of an ID as Rego does.
func packageName(part string) string { return strings.ReplaceAll(part, "-", "_") }
