package main

import (
	"context"
	"net/http"
	"os"
	"os/signal"
	"time"
)

func main() {
	quit := make(chan os.Signal, 1)
	signal.Notify(quit, os.Interrupt)
	srv := &http.Server{Addr: ":8080"}
	go srv.ListenAndServe() // want `only SIGINT is trapped while srv.ListenAndServe serves`
	<-quit
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	srv.Shutdown(ctx)
}
