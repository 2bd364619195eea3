package main

import (
	"os"
	"os/signal"
)

var never chan os.Signal

func main() {
	var c chan os.Signal
	signal.Notify(c, os.Interrupt) // want `c is nil, and signal.Notify panics; make it first with make\(chan os.Signal, 1\)`
	signal.Notify(never)           // want `never is nil`
	<-c
	<-never
}
