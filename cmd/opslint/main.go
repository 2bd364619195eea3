// Command opslint checks repositories against an operations standard. See
// README.md; each file beside this one is one subcommand.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"syscall"
	"time"

	"github.com/opslint/opslint/analyzers"
)

// grace is how long what is under way may go on after a signal: one package is
// analysed to its end, unless that takes longer.
const grace = 2 * time.Second

func main() {
	if analyzers.IsVet(os.Args[1:]) {
		analyzers.Vet(version(), vetConfig)
	}
	collectLate()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, func() {
		stop() // a second signal ends the process at once
		time.AfterFunc(grace, func() {
			fmt.Fprintln(os.Stderr, "opslint: interrupted")
			os.Exit(int(exitIncomplete))
		})
	})
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// collectLate spends a little memory on less collecting, as one run allocates,
// reports and ends: the first collection comes at 32 MiB, which a few files do
// not reach. From then on the heap may grow by half more than by default, and by
// less when it is large.
func collectLate() {
	debug.SetGCPercent(800) // of 4 MiB
	var tune func(percent int)
	tune = func(percent int) {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		next := 150
		if live[0].Value.Uint64() > 96<<20 {
			next = 50
		}
		if next != percent {
			debug.SetGCPercent(next)
		}
		runtime.AddCleanup(new([32]byte), tune, next) // runs after the next collection
	}
	runtime.AddCleanup(new([32]byte), tune, 800)
}

// An exit is the code that a command ends with when it has already said why.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// The exit codes of opslint.
const (
	exitFindings   exit = 1 // findings at or above --fail-on
	exitIncomplete exit = 2 // could not run, or not completely
)

// run executes a command line and returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	code, said := errors.AsType[exit](err)
	switch {
	case err == nil:
		return 0
	case said:
		return int(code)
	}
	fmt.Fprintf(stderr, "opslint: %v\n", err)
	return int(exitIncomplete)
}
