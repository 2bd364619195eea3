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
	done := make(chan struct{})
	context.AfterFunc(ctx, func() {
		defer close(done)
		srv.Shutdown(ctx) // want `the context of srv.Shutdown is already done`
	})
	srv.ListenAndServe()
	<-done
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
