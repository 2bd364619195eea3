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
	srv := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(hello)}
	quit := make(chan os.Signal, 1)
	signal.Notify(quit, syscall.SIGTERM)
	go func() {
		<-quit
		drain, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		srv.Shutdown(drain)
		os.Exit(1) // want `exit code 1 after a clean shutdown: os.Exit follows`
	}()
	srv.ListenAndServe()
	select {}
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
