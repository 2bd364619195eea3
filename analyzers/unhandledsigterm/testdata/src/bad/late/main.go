package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	srv := &http.Server{Addr: ":8080", Handler: http.NewServeMux()}
	log.Print(srv.ListenAndServe()) // want `srv.ListenAndServe serves before SIGTERM is trapped`
	quit := make(chan os.Signal, 1)
	signal.Notify(quit, syscall.SIGTERM)
	<-quit
	srv.Shutdown(context.Background())
}
