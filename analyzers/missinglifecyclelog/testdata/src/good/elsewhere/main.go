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
	announce()
	go srv.ListenAndServe()
	<-ctx.Done()
	leave()
	srv.Shutdown(context.Background())
}

func orders(w http.ResponseWriter, r *http.Request) {
	slog.Info("request", "path", r.URL.Path)
}

func announce() { slog.Info("serving") }

func leave() { slog.Info("stopping") }
