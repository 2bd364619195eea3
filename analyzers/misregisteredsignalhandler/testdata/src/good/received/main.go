// Package main hands its channels to others.
package main

import (
	"os"
	"os/signal"
	"syscall"
)

type server struct{ quit chan os.Signal }

var signals = make(chan os.Signal, 1)

func main() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGTERM)
	serve(c)
	s := &server{quit: make(chan os.Signal, 1)}
	signal.Notify(s.quit, syscall.SIGTERM)
	s.wait()
	signal.Notify(signals, syscall.SIGTERM)
	for range signals {
		break
	}
	selected := make(chan os.Signal, 1)
	signal.Notify(selected, os.Interrupt)
	select {
	case <-selected:
	default:
	}
	returned()
}

func serve(<-chan os.Signal) {}

func (s *server) wait() { <-s.quit }

func returned() <-chan os.Signal {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	return c
}
