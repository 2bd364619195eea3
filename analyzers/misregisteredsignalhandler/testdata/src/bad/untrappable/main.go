package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

const last = syscall.Signal(9)

var stopping = []os.Signal{os.Interrupt, os.Kill}

func main() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt, os.Kill)                     // want `SIGKILL cannot be trapped; delete it from the signals`
	signal.Notify(c, syscall.SIGTERM, syscall.SIGKILL)          // want `SIGKILL cannot be trapped`
	signal.Notify(c, syscall.SIGSTOP, syscall.SIGTERM, os.Kill) // want `SIGSTOP and SIGKILL cannot be trapped; delete them from the signals`
	signal.Notify(c, last)                                      // want `SIGKILL cannot be trapped`
	signal.Notify(c, stopping...)                               // want `SIGKILL cannot be trapped`
	signal.Notify(c, append(stopping, syscall.SIGTERM)...)      // want `SIGKILL cannot be trapped`
	local := []os.Signal{syscall.SIGTERM, syscall.SIGKILL}
	ctx, stop := signal.NotifyContext(context.Background(), local...) // want `SIGKILL cannot be trapped`
	defer stop()
	on(os.Kill, syscall.SIGTERM) // want `SIGKILL cannot be trapped`
	<-ctx.Done()
	<-c
}

func on(signals ...os.Signal) { // want on:"registers lists .0."
	c := make(chan os.Signal, 1)
	signal.Notify(c, signals...)
	<-c
}
