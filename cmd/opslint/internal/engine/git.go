package engine

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"
)

// git runs git in the workspace's root. Nothing that the repository's own
// configuration could name is executed: no file system monitor, no hook, no
// external diff.
func (w *Workspace) git(ctx context.Context, stdin io.Reader, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "git", append([]string{"-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull}, args...)...)
	cmd.Dir = w.Root
	cmd.Env = append(os.Environ(), "GIT_OPTIONAL_LOCKS=0", "LC_ALL=C")
	cmd.Stdin = stdin
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return nil, errors.New("git is not installed, it is needed to compare with a revision")
	case err != nil:
		return nil, fmt.Errorf("git %s: %s", args[0], firstLine(stderr.String(), err))
	}
	return out, nil
}

func firstLine(text string, err error) string {
	if line, _, _ := strings.Cut(strings.TrimSpace(text), "\n"); line != "" {
		return strings.TrimPrefix(line, "fatal: ")
	}
	return err.Error()
}

// blob is one file of a revision or of the index.
type blob struct{ object, path string }

// index is the revision's name for what is staged.
const index = ""

// blobs lists the regular files of a revision or of the index.
func (w *Workspace) blobs(ctx context.Context, revision string) ([]blob, error) {
	args := []string{"ls-files", "--stage", "-z"} // MODE OBJECT STAGE\tPATH
	if revision != index {
		args = []string{"ls-tree", "-r", "-z", "--full-tree", revision} // MODE TYPE OBJECT\tPATH
	}
	out, err := w.git(ctx, nil, args...)
	if err != nil {
		return nil, err
	}
	var blobs []blob
	for entry := range strings.SplitSeq(string(out), "\x00") {
		meta, name, ok := strings.Cut(entry, "\t")
		fields := strings.Fields(meta)
		if !ok || len(fields) != 3 || !strings.HasPrefix(fields[0], "100") { // neither link nor submodule
			continue
		}
		object := fields[1]
		if revision != index {
			object = fields[2]
		}
		blobs = append(blobs, blob{object, name})
	}
	return blobs, nil
}

// blobLimit is the size above which a file of a revision is left out. No parser
// reads larger ones.
const blobLimit = 10 << 20

// Snapshot lays out a revision, or what is staged, in a temporary directory, as
// git stores it: no filter runs. Remove deletes it.
func (w *Workspace) Snapshot(ctx context.Context, revision string) (snapshot *Workspace, remove func() error, err error) {
	if !w.Repository {
		return nil, nil, errors.New("not in a git repository")
	}
	blobs, err := w.blobs(ctx, revision)
	if err != nil {
		return nil, nil, err
	}
	dir, err := os.MkdirTemp("", "opslint-")
	if err != nil {
		return nil, nil, fmt.Errorf("lay out revision: %w", err)
	}
	remove = func() error { return os.RemoveAll(dir) }
	if err := w.layOut(ctx, blobs, dir); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("lay out revision: %w", err), remove())
	}
	s := &Workspace{Root: dir, Repository: true, Base: w.Base}
	for _, named := range w.Dirs {
		if info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(named))); err == nil && info.IsDir() {
			s.Dirs = append(s.Dirs, named)
		}
	}
	for _, named := range w.Files {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(named))); err == nil {
			s.Files = append(s.Files, named)
		}
	}
	return s, remove, nil
}

func (w *Workspace) layOut(ctx context.Context, blobs []blob, dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	var request bytes.Buffer
	for _, b := range blobs {
		request.WriteString(b.object + "\n")
	}
	cmd := exec.CommandContext(ctx, "git", "cat-file", "--batch")
	cmd.Dir = w.Root
	cmd.Stdin = &request
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	contents := bufio.NewReaderSize(stdout, 1<<16)
	for _, b := range blobs {
		if err = writeBlob(root, b, contents); err != nil {
			break
		}
	}
	if err != nil {
		return errors.Join(fmt.Errorf("read objects: %w", err), cmd.Process.Kill(), ignoreKilled(cmd.Wait()))
	}
	return cmd.Wait()
}

// ignoreKilled drops the error of a process that we ended ourselves.
func ignoreKilled(err error) error {
	if _, ok := errors.AsType[*exec.ExitError](err); ok {
		return nil
	}
	return err
}

// writeBlob reads one answer of git cat-file --batch and writes it to its path.
func writeBlob(root *os.Root, b blob, contents *bufio.Reader) error {
	header, err := contents.ReadString('\n')
	if err != nil {
		return err
	}
	fields := strings.Fields(header)
	if len(fields) == 2 && fields[1] == "missing" { // partial clone
		return nil
	}
	if len(fields) != 3 {
		return fmt.Errorf("unexpected answer %q", header)
	}
	size, err := strconv.ParseInt(fields[2], 10, 64)
	if err != nil {
		return fmt.Errorf("unexpected answer %q", header)
	}
	body := io.LimitReader(contents, size)
	if size <= blobLimit {
		if err := root.MkdirAll(path.Dir(b.path), 0o700); err != nil {
			return err
		}
		f, err := root.Create(b.path)
		if err != nil {
			return err
		}
		_, err = io.Copy(f, body)
		if err := errors.Join(err, f.Close()); err != nil {
			return err
		}
	}
	if _, err := io.Copy(io.Discard, body); err != nil {
		return err
	}
	_, err = contents.Discard(1)
	return err
}

// Changes are the files that differ between a revision and the work tree or
// the index.
type Changes struct {
	Files   []string          // changed, added, removed or renamed, both names
	Renamed map[string]string // new path → old path
}

// Changes lists what differs from a revision: in the work tree with untracked
// files, or in the index.
func (w *Workspace) Changes(ctx context.Context, revision string, staged bool) (*Changes, error) {
	if !w.Repository {
		return nil, errors.New("not in a git repository")
	}
	args := []string{"diff", "--no-ext-diff", "--no-textconv", "--name-status", "-M", "-z"}
	if staged {
		args = append(args, "--cached")
	}
	out, err := w.git(ctx, nil, append(args, revision, "--")...)
	if err != nil {
		return nil, err
	}
	c := &Changes{Renamed: map[string]string{}}
	fields := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	for i := 0; i+1 < len(fields); {
		if status := fields[i]; (status[0] == 'R' || status[0] == 'C') && i+2 < len(fields) {
			c.Files = append(c.Files, fields[i+1], fields[i+2])
			if status[0] == 'R' {
				c.Renamed[fields[i+2]] = fields[i+1]
			}
			i += 3
			continue
		}
		c.Files = append(c.Files, fields[i+1])
		i += 2
	}
	if !staged {
		if out, err = w.git(ctx, nil, "ls-files", "--others", "--exclude-standard", "-z"); err != nil {
			return nil, err
		}
		for name := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
			if name != "" {
				c.Files = append(c.Files, name)
			}
		}
	}
	return c, nil
}
