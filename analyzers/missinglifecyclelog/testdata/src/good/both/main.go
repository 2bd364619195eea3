package main

import (
	"context"
	"log/slog"
	"net/http"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	srv := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(orders)}
	slog.Info("serving")
	go srv.ListenAndServe()
	<-ctx.Done()
	slog.Info("stopping")
	srv.Shutdown(context.Background())
}

func orders(w http.ResponseWriter, r *http.Request) {
	slog.Info("request", "path", r.URL.Path)
}
