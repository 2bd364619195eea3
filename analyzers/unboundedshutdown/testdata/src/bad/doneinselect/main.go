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
	failed := make(chan error, 1)
	go func() { failed <- srv.ListenAndServe() }()
	select {
	case <-failed:
		return
	case <-ctx.Done():
		srv.Shutdown(ctx) // want `the context of srv.Shutdown is already done`
	}
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
