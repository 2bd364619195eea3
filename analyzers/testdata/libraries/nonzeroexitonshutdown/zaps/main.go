package main

import (
	"context"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"go.uber.org/zap"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	srv := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(hello)}
	logger := zap.Must(zap.NewProduction())
	go func() {
		if err := srv.ListenAndServe(); err != nil {
			logger.Fatal("serve", zap.Error(err)) // want "exit code 1 after a clean shutdown: logger.Fatal gets"
		}
	}()
	<-ctx.Done()
	drain, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	srv.Shutdown(drain)
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
