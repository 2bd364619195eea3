package main

import (
	"context"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	public := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(hello)}
	internal := &http.Server{Addr: ":8081", Handler: http.HandlerFunc(hello)}
	go public.ListenAndServe()
	drain, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	<-ctx.Done()
	internal.Shutdown(drain) // want `internal is shut down, public serves; call public.Shutdown`
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
