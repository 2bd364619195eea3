package main

import (
	"context"
	"net/http"
	"os"
	"os/signal"
)

func main() {
	srv := &http.Server{Addr: ":8080", Handler: http.NewServeMux()}
	go srv.ListenAndServe() // want `only SIGINT is trapped while srv.ListenAndServe serves`
	quit := make(chan os.Signal, 1)
	signal.Notify(quit, os.Interrupt)
	<-quit
	srv.Shutdown(context.Background())
}
