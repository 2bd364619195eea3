package stop

import (
	"os"
	"os/signal"
	"syscall"
)

var Channel = make(chan os.Signal) // want Channel:"made without a buffer"

var Buffered = make(chan os.Signal, 1)

var Signals = []os.Signal{syscall.SIGTERM, syscall.SIGKILL} // want Signals:"holds SIGKILL"

type Server struct {
	Quit chan os.Signal // want Quit:"made without a buffer"
}

func serve() *Server { return &Server{Quit: make(chan os.Signal)} }

func New() chan os.Signal { return make(chan os.Signal) } // want New:"made without a buffer"

func On(c chan<- os.Signal) { signal.Notify(c, syscall.SIGTERM) } // want On:"registers channels .0.$"

func All(signals ...os.Signal) { // want All:"registers lists .0.$"
	c := make(chan os.Signal, 1)
	signal.Notify(c, signals...)
	<-c
}
