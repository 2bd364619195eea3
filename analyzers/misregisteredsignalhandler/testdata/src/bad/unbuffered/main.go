package main

import (
	"os"
	"os/signal"
	"syscall"
)

var global = make(chan os.Signal)

type server struct {
	quit chan os.Signal
}

func main() {
	quit := make(chan os.Signal) // want `quit is unbuffered and may miss the signal; make it with make\(chan os.Signal, 1\)`
	signal.Notify(quit, syscall.SIGTERM)
	<-quit

	zero := make(chan os.Signal, 0) // want `alias is unbuffered`
	alias := zero
	signal.Notify(alias, syscall.SIGTERM)
	signal.Notify(zero, syscall.SIGINT)
	<-alias

	var captured chan os.Signal
	captured = make(chan os.Signal) // want `captured is unbuffered`
	go func() {
		signal.Notify(captured, syscall.SIGTERM)
	}()
	<-captured

	signal.Notify(global, syscall.SIGTERM) // want `global is unbuffered`
	<-global

	s := &server{quit: make(chan os.Signal)}
	s.run()

	waited := make(chan os.Signal) // want `waited is unbuffered`
	wait(waited)
	wait(made()) // want `the channel is unbuffered`

	signals := generic[os.Signal]()
	signal.Notify(signals, syscall.SIGTERM)
	<-signals
}

func (s *server) run() {
	signal.Notify(s.quit, syscall.SIGTERM) // want `s.quit is unbuffered`
	<-s.quit
}

func wait(c chan os.Signal) { // want wait:"registers channels .0."
	notify(c)
	<-c
}

func notify(c chan<- os.Signal) { signal.Notify(c, syscall.SIGTERM) } // want notify:"registers channels .0."

func made() chan os.Signal { return make(chan os.Signal) }

func generic[T any]() chan T { return make(chan T, 1) }
