// Package main gives a run group the signals to stop at.
package main

import (
	"context"
	"os"
	"syscall"

	"github.com/oklog/run"
)

func main() {
	var g run.Group
	g.Add(run.SignalHandler(context.Background(), os.Interrupt, syscall.SIGTERM))
	g.Add(run.SignalHandler(context.Background(), syscall.SIGTERM, os.Kill)) // want "SIGKILL cannot be trapped"
	g.Run()
}
