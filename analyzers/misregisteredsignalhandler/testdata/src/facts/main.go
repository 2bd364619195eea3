package main

import (
	"os"

	"facts/stop"
)

func main() {
	quit := make(chan os.Signal) // want `quit is unbuffered and may miss the signal`
	stop.On(quit)
	stop.On(stop.Channel)           // want `stop.Channel is unbuffered`
	stop.On(stop.New())             // want `the channel is unbuffered`
	stop.On(stop.Server{}.Quit)     // want `the channel is unbuffered|stop.Server{}.Quit is unbuffered`
	stop.All(os.Interrupt, os.Kill) // want `SIGKILL cannot be trapped`
	stop.All(stop.Signals...)       // want `SIGKILL cannot be trapped`
	stop.On(stop.Buffered)
	<-quit
}
