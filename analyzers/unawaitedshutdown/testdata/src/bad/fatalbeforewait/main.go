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

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	srv := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(hello)}
	done := make(chan struct{})
	go func() {
		<-ctx.Done()
		drain, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		srv.Shutdown(drain) // want `log.Fatal ends the process while srv.Shutdown is still draining`
		close(done)
	}()
	if err := srv.ListenAndServe(); err != nil {
		log.Fatal(err)
	}
	<-done
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
