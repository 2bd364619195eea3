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
	servers := map[string]*http.Server{
		"public":   {Addr: ":8080", Handler: http.HandlerFunc(hello)},
		"internal": {Addr: ":8081", Handler: http.HandlerFunc(hello)},
	}
	for _, srv := range servers {
		go srv.ListenAndServe()
	}
	<-ctx.Done()
	drain, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for _, srv := range servers {
		srv.Shutdown(drain)
	}
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
