package main

import (
	"log"
	"net/http"
	"os"
	"os/signal"
)

func main() {
	quit := make(chan os.Signal, 1)
	signal.Notify(quit, shutdownSignals...)
	go func() {
		log.Fatal(http.ListenAndServe(":8080", http.NewServeMux())) // want `only SIGINT is trapped while http.ListenAndServe serves`
	}()
	<-quit
}
