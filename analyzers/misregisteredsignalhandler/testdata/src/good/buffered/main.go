// Package main gives its channels room.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

const room = 1

var global = make(chan os.Signal, 1)

type server struct {
	quit chan os.Signal
}

func main() {
	quit := make(chan os.Signal, room)
	signal.Notify(quit, os.Interrupt, syscall.SIGTERM)
	<-quit
	signal.Notify(global, syscall.SIGHUP)
	<-global
	s := &server{quit: make(chan os.Signal, 2)}
	signal.Notify(s.quit)
	<-s.quit
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	<-ctx.Done()
	done := make(chan struct{}) // no channel of signals
	close(done)
	<-done
	unregistered := make(chan os.Signal)
	go func() { unregistered <- os.Interrupt }()
	<-unregistered
	process, _ := os.FindProcess(1)
	process.Signal(os.Kill) // sent, not trapped
}
