// Package main registers channels whose capacity is not known.
package main

import (
	"os"
	"os/signal"
	"strconv"
	"syscall"
)

// Register is given a channel of its caller's.
func Register(c chan<- os.Signal) { signal.Notify(c, syscall.SIGTERM) } // want Register:"registers channels .0."

type source interface{ Signals() chan os.Signal }

func from(s source) {
	c := s.Signals()
	signal.Notify(c, syscall.SIGTERM)
	<-c
}

// Quit may be replaced by whoever imports the package.
var Quit chan os.Signal

func main() {
	n, _ := strconv.Atoi(os.Args[1])
	c := make(chan os.Signal, n)
	signal.Notify(c, syscall.SIGTERM)
	<-c
	signal.Notify(Quit, syscall.SIGTERM)
	<-Quit
	other := make(chan os.Signal)
	if n > 1 {
		other = c
	} else {
		other = from2()
	}
	signal.Notify(other, list()...)
	<-other
}

var from2 func() chan os.Signal

func list() []os.Signal { return nil }
