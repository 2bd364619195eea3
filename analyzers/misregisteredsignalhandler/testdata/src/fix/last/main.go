package main

import (
	"os"
	"os/signal"
	"syscall"
)

func main() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt, syscall.SIGKILL) // want `SIGKILL`
	signal.Notify(c, os.Interrupt, syscall.SIGSTOP) // want `SIGSTOP`
	<-c
}
