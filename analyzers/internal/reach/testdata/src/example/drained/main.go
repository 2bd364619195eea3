// Command drained serves for as long as its own work takes.
package main

import (
	"net/http"
	"sync"
)

type app struct {
	server  http.Server
	running sync.WaitGroup
}

func main() {
	a := new(app)
	a.start()
	work()
	a.stop()
}

func work() {}

func (a *app) start() {
	a.running.Add(1)
	go func() {
		defer a.running.Done()
		a.server.ListenAndServe()
	}()
}

func (a *app) stop() {
	a.server.Close()
	a.running.Wait()
}
