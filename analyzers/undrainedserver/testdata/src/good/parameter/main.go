package main

import (
	"context"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func serve(srv *http.Server) { srv.ListenAndServe() }

func end(srv *http.Server) {
	drain, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	srv.Shutdown(drain)
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	srv := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(hello)}
	go serve(srv)
	<-ctx.Done()
	end(srv)
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
