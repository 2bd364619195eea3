package main

import (
	"context"
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	srv := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(hello)}
	go srv.ListenAndServe() // want `nothing shuts srv down on SIGTERM; call srv.Shutdown`
	<-ctx.Done()
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
