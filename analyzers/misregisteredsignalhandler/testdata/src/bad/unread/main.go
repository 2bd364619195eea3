package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

type server struct {
	quit chan os.Signal
}

func main() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGTERM) // want `nobody receives from c, the signal is swallowed; receive from it, or use signal.Ignore if that is meant`
	defer signal.Stop(c)

	_, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM) // want `nobody waits for the context of signal.NotifyContext, the signal is swallowed; wait for it`
	defer stop()

	s := server{quit: make(chan os.Signal, 1)}
	signal.Notify(s.quit, os.Interrupt) // want `nobody receives from s.quit`

	captured := make(chan os.Signal, 1)
	go func() {
		signal.Notify(captured, os.Interrupt) // want `nobody receives from captured`
	}()
}
