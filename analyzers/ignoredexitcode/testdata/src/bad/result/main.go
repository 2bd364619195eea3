package main

import (
	"fmt"
	"log/slog"
	"os"
)

func main() {
	if len(os.Args) > 1 {
		os.Exit(coded())
	}
	if err := failing(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func coded() int {
	if err := work(); err != nil {
		slog.Error("work", "error", err)
		return 0 // want `failure of work ends with exit code 0; return 1`
	}
	if err := work(); err != nil {
		return 2
	}
	return 0
}

func failing() error {
	if err := work(); err != nil {
		slog.Error("work", "error", err)
		return nil // want `failure of work ends with exit code 0; return the error`
	}
	if err := work(); err != nil {
		return fmt.Errorf("work: %w", err)
	}
	return nil
}

func work() error { return nil }
