package stop

import (
	"os"
	"os/signal"
)

func Channel() <-chan struct{} {
	stopped := make(chan struct{})
	c := make(chan os.Signal, 2)
	signal.Notify(c, os.Interrupt)
	go func() {
		<-c
		close(stopped)
		<-c
		os.Exit(1)
	}()
	return stopped
}
