package main

import (
	"context"
	"errors"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func end(srv *http.Server, grace time.Duration) {
	drain, cancel := context.WithTimeout(context.Background(), grace) // want `shutdown may take 45 s`
	defer cancel()
	srv.Shutdown(drain)
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	srv := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(hello)}
	go func() {
		if err := srv.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
			log.Fatal(err)
		}
	}()
	<-ctx.Done()
	end(srv, 45*time.Second)
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
