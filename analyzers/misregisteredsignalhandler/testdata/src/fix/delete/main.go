package main

import (
	"os"
	"os/signal"
	"syscall"
)

var list = []os.Signal{
	os.Kill,
	os.Interrupt,
}

func main() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt, syscall.SIGKILL)          // want `SIGKILL`
	signal.Notify(c, os.Kill, syscall.SIGTERM)               // want `SIGKILL`
	signal.Notify(c, os.Kill, os.Interrupt, syscall.SIGSTOP) // want `SIGKILL and SIGSTOP`
	signal.Notify(c, list...)                                // want `SIGKILL`
	signal.Notify(c, os.Kill)                                // want `SIGKILL`
	<-c
}
