package main

import (
	"context"
	"errors"
	"log"
	"net/http"
	"syscall"
	"time"

	"github.com/oklog/run"
)

func main() {
	srv := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(hello)}
	var g run.Group
	g.Add(run.SignalHandler(context.Background(), syscall.SIGTERM))
	g.Add(srv.ListenAndServe, func(error) {
		drain, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		srv.Shutdown(drain)
	})
	if err := g.Run(); !errors.Is(err, run.ErrSignal) {
		log.Fatal(err)
	}
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
