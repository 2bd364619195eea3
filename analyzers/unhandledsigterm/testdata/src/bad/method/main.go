package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/signal"
)

type app struct{ srv *http.Server }

func (a *app) Run() error {
	errs := make(chan error)
	go func() { errs <- a.srv.ListenAndServe() }() // want `only SIGINT is trapped while a.srv.ListenAndServe serves`
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	select {
	case err := <-errs:
		return err
	case <-c:
		return a.srv.Shutdown(context.Background())
	}
}

func main() {
	a := &app{srv: &http.Server{Addr: ":8080", Handler: http.NewServeMux()}}
	if err := a.Run(); err != nil {
		log.Fatal(err)
	}
}
