package main

import (
	"context"
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go http.ListenAndServe(":8080", http.HandlerFunc(hello)) // want `http.ListenAndServe gives no server to shut down and drops open requests on SIGTERM; serve with an http.Server`
	<-ctx.Done()
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
