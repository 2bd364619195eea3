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
	logger.Infof("serving")
	go srv.ListenAndServe()
	<-ctx.Done()
	logger.Infof("stopping")
	srv.Shutdown(context.Background())
}

func orders(w http.ResponseWriter, r *http.Request) {
	slog.Info("request", "path", r.URL.Path)
}

var logger ownLogger

type ownLogger struct{ lines []string }

// Infof keeps a line.
func (l *ownLogger) Infof(format string) { l.lines = append(l.lines, format) }
