package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	check(write(w))  // want `check skips the deferred w.Flush`
	unless(write(w)) // want `unless skips the deferred w.Flush`
	check(nil)
	if err := write(w); err != nil {
		die(err.Error()) // want `die skips the deferred w.Flush`
	}
	must(open()) // want `must skips the deferred w.Flush`
	fail := func(message string) {
		fmt.Fprintln(os.Stderr, message)
		os.Exit(2)
	}
	if len(os.Args) == 0 {
		fail("no arguments") // want `fail skips the deferred w.Flush`
	}
	die("x") // want `die skips the deferred w.Flush`
}

func write(*bufio.Writer) error { return nil }
func open() (int, error)        { return 0, nil }

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func unless(err error) {
	if err == nil {
		return
	}
	die(err.Error())
}

func must[T any](v T, err error) T {
	if err != nil {
		die(err.Error())
	}
	return v
}

// An exit behind a call while something is deferred there.
func die(message string) {
	fmt.Fprintln(os.Stderr, message)
	os.Exit(1)
}
