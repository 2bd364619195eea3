package main

import (
	"context"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func newServer(addr string) *http.Server {
	return &http.Server{Addr: addr, Handler: http.HandlerFunc(hello)}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	public, internal := newServer(":8080"), newServer(":8081")
	go internal.ListenAndServe()
	go public.ListenAndServe()
	<-ctx.Done()
	drain, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	internal.Shutdown(drain) // want `internal is shut down, public serves; call public.Shutdown`
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
