package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	srv := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(hello)}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return srv.ListenAndServe() })
	g.Go(func() error {
		<-ctx.Done()
		drain, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		return srv.Shutdown(drain)
	})
	if err := g.Wait(); err != nil {
		log.Fatal(err) // want "exit code 1 after a clean shutdown: log.Fatal gets http.ErrServerClosed from srv.ListenAndServe"
	}
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
