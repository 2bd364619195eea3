//go:build darwin || linux

package source_test

import (
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// A named pipe that nobody writes to would be read for ever.
func TestTreeDoesNotWaitForPipes(t *testing.T) {
	dir, _ := workspace(t)
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o666); err != nil {
		t.Skipf("no named pipes here: %v", err)
	}
	tree := open(t, dir, nil)

	done := make(chan struct{})
	go func() {
		defer close(done)
		if _, err := tree.Read("pipe", 0); err == nil {
			t.Error("read a pipe")
		}
		if _, err := tree.Head("pipe", 1); err == nil {
			t.Error("head of a pipe")
		}
	}()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatal("still waiting for the pipe")
	}
}
