package main

import (
	"context"
	"log/slog"
	"net/http"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM) // want "stop of failing leaves no trace in the log"
	defer stop()
	srv := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(orders)}
	slog.Info("serving")
	go srv.ListenAndServe()
	<-ctx.Done()
	if err := srv.Close(); err != nil {
		slog.Error("close", "error", err)
	}
	srv.Shutdown(context.Background())
}

func orders(w http.ResponseWriter, r *http.Request) {
	slog.Info("request", "path", r.URL.Path)
}
