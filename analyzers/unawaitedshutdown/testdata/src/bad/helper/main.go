package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func stopOnSignal(srv *http.Server) {
	quit := make(chan os.Signal, 1)
	signal.Notify(quit, syscall.SIGTERM)
	<-quit
	drain, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	srv.Shutdown(drain)
}

func main() {
	srv := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(hello)}
	go stopOnSignal(srv)
	err := srv.ListenAndServe() // want `main returns while srv.Shutdown is still draining`
	log.Print(err)
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
