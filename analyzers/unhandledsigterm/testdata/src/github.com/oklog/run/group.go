// Package run is a stub of the real library, for tests.
package run

import (
	"context"
	"os"
	"os/signal"
)

type Group struct{}

func (*Group) Add(execute func() error, interrupt func(error)) {}
func (*Group) Run() error                                      { return nil }

func SignalHandler(ctx context.Context, signals ...os.Signal) (execute func() error, interrupt func(error)) {
	c := make(chan os.Signal, 1)
	signal.Notify(c, signals...)
	return nil, nil
}
