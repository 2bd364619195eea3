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
	"runtime/debug"
	"syscall"

	"github.com/opslint/opslint/analyzers"
)

func main() {
	if analyzers.IsVet(os.Args[1:]) {
		analyzers.Vet(version(), vetConfig)
	}
	// One run allocates, reports and ends: a little memory for less collecting.
	debug.SetGCPercent(150)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
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
