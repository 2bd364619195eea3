package source_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/opslint/opslint/internal/source"
)

// workspace makes a directory with a file in it, beside a file that is none of
// its business, and returns both directories.
func workspace(t *testing.T) (inside, outside string) {
	t.Helper()
	base := t.TempDir()
	inside, outside = filepath.Join(base, "in"), filepath.Join(base, "out")
	write(t, filepath.Join(inside, "dir", "a.txt"), "inside")
	write(t, filepath.Join(outside, "secret.txt"), "secret")
	return inside, outside
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

func link(t *testing.T, target, name string) {
	t.Helper()
	if err := os.Symlink(target, name); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
}

func open(t *testing.T, dir string, overlay map[string][]byte) *source.Tree {
	t.Helper()
	tree, err := source.OpenTree(dir, overlay)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tree.Close() })
	return tree
}

func TestTreeReads(t *testing.T) {
	dir, _ := workspace(t)
	link(t, "dir/a.txt", filepath.Join(dir, "link.txt"))
	link(t, "dir", filepath.Join(dir, "other"))
	tree := open(t, dir, nil)

	for _, name := range []string{"dir/a.txt", "./dir//a.txt", "link.txt", "other/a.txt"} {
		f, err := tree.Read(name, 0)
		if err != nil {
			t.Fatal(err)
		}
		if string(f.Content) != "inside" {
			t.Errorf("%s is %q", name, f.Content)
		}
	}
	if f, _ := tree.Read("./dir//a.txt", 0); f.Path != "dir/a.txt" {
		t.Errorf("path %q is not clean", f.Path)
	}
}

func TestTreeIsNotLeft(t *testing.T) {
	dir, outside := workspace(t)
	link(t, filepath.Join(outside, "secret.txt"), filepath.Join(dir, "absolute.txt"))
	link(t, "../out/secret.txt", filepath.Join(dir, "relative.txt"))
	link(t, "../out", filepath.Join(dir, "directory"))
	link(t, "nowhere", filepath.Join(dir, "dangling.txt"))
	link(t, "loop.txt", filepath.Join(dir, "loop.txt"))
	tree := open(t, dir, nil)

	for _, name := range []string{
		"absolute.txt", "relative.txt", "directory/secret.txt", "dangling.txt", "loop.txt",
		"../out/secret.txt", "dir/../../out/secret.txt", filepath.ToSlash(filepath.Join(outside, "secret.txt")),
	} {
		if f, err := tree.Read(name, 0); err == nil {
			t.Errorf("read %s: %q", name, f.Content)
		}
		if head, err := tree.Head(name, 3); err == nil {
			t.Errorf("head of %s: %q", name, head)
		}
		if _, err := tree.Stat(name); err == nil {
			t.Errorf("stat %s: no error", name)
		}
	}
	for _, name := range []string{"directory", "..", "../out"} {
		if entries, err := tree.ReadDir(name); err == nil {
			t.Errorf("list %s: %v", name, entries)
		}
	}
}

func TestTreeRootMayBeALink(t *testing.T) {
	dir, _ := workspace(t)
	name := filepath.Join(t.TempDir(), "link")
	link(t, dir, name)
	tree := open(t, name, nil)

	want, err := filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	if tree.Dir() != want {
		t.Errorf("root is %s, want %s", tree.Dir(), want)
	}
	if _, err := tree.Read("dir/a.txt", 0); err != nil {
		t.Error(err)
	}
}

func TestTreeLimitsSize(t *testing.T) {
	dir, _ := workspace(t)
	tree := open(t, dir, map[string][]byte{"unsaved.txt": []byte("unsaved")})

	for _, test := range []struct {
		name  string
		limit int64
		want  error
	}{
		{"dir/a.txt", 6, nil},
		{"dir/a.txt", 5, source.ErrTooLarge},
		{"dir/a.txt", 0, nil},
		{"unsaved.txt", 7, nil},
		{"unsaved.txt", 6, source.ErrTooLarge},
	} {
		if _, err := tree.Read(test.name, test.limit); !errors.Is(err, test.want) {
			t.Errorf("read %s with limit %d: %v, want %v", test.name, test.limit, err, test.want)
		}
	}
}

func TestTreeReadsOnlyFiles(t *testing.T) {
	dir, _ := workspace(t)
	tree := open(t, dir, nil)

	if _, err := tree.Read("dir", 0); err == nil {
		t.Error("read a directory")
	}
	if _, err := tree.Head("dir", 1); err == nil {
		t.Error("head of a directory")
	}
	if _, err := tree.Read("dir/none.txt", 0); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("read a missing file: %v", err)
	}
}

func TestTreePrefersTheOverlay(t *testing.T) {
	dir, _ := workspace(t)
	overlay := map[string][]byte{"dir/a.txt": []byte("unsaved"), "new.txt": []byte("new")}
	tree := open(t, dir, overlay)

	for name, want := range map[string]string{"dir/a.txt": "unsaved", "./dir/a.txt": "unsaved", "new.txt": "new"} {
		f, err := tree.Read(name, 0)
		if err != nil {
			t.Fatal(err)
		}
		if string(f.Content) != want {
			t.Errorf("%s is %q, want %q", name, f.Content, want)
		}
		head, err := tree.Head(name, 2)
		if err != nil {
			t.Fatal(err)
		}
		if string(head) != want[:2] {
			t.Errorf("head of %s is %q, want %q", name, head, want[:2])
		}
	}
	if len(tree.Overlay()) != 2 {
		t.Error("the overlay is not what the tree was opened with")
	}
}

func TestTreeHead(t *testing.T) {
	dir, _ := workspace(t)
	tree := open(t, dir, nil)

	for n, want := range map[int]string{0: "", 2: "in", 6: "inside", 99: "inside"} {
		got, err := tree.Head("dir/a.txt", n)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("first %d bytes are %q, want %q", n, got, want)
		}
	}
}

func TestTreeListsInOrder(t *testing.T) {
	dir, _ := workspace(t)
	write(t, filepath.Join(dir, "dir", "c.txt"), "")
	write(t, filepath.Join(dir, "dir", "b", "x.txt"), "")
	tree := open(t, dir, nil)

	for _, name := range []string{"dir", "./dir/", "dir/b/.."} {
		entries, err := tree.ReadDir(name)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, entry := range entries {
			names = append(names, entry.Name())
		}
		if !slices.Equal(names, []string{"a.txt", "b", "c.txt"}) {
			t.Errorf("%s holds %v", name, names)
		}
	}
	if _, err := tree.ReadDir("."); err != nil {
		t.Error(err)
	}
}

func TestOpenTreeRefuses(t *testing.T) {
	dir, _ := workspace(t)
	for _, name := range []string{filepath.Join(dir, "none"), filepath.Join(dir, "dir", "a.txt")} {
		if tree, err := source.OpenTree(name, nil); err == nil {
			tree.Close()
			t.Errorf("opened %s", name)
		}
	}
}
