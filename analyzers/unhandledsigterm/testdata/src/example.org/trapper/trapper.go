// Package trapper stands for a dependency that traps signals by itself.
package trapper

import (
	"os"
	"os/signal"
)

func Install(stop func()) {
	c := make(chan os.Signal, 1)
	signal.Notify(c)
	go func() { <-c; stop() }()
}
