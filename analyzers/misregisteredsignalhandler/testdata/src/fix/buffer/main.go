package main

import (
	"os"
	"os/signal"
)

var global = make(chan os.Signal)

func main() {
	plain := make(chan os.Signal) // want `unbuffered`
	signal.Notify(plain, os.Interrupt)
	<-plain
	zero := make(chan os.Signal, 0) // want `unbuffered`
	signal.Notify(zero, os.Interrupt)
	<-zero
	signal.Notify(global, os.Interrupt) // want `unbuffered`
	<-global
}
