package main

import (
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

type app struct {
	srv  *http.Server
	quit chan os.Signal
}

func (a *app) trap() { signal.Notify(a.quit, os.Interrupt, syscall.SIGTERM) }

func (a *app) run() {
	a.trap()
	go a.srv.ListenAndServe()
	<-a.quit
}

func main() {
	a := &app{&http.Server{Addr: ":8080", Handler: http.NewServeMux()}, make(chan os.Signal, 1)}
	a.run()
}
