package main

import (
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	log.Fatal(http.ListenAndServe(":8080", http.NewServeMux())) // want `http.ListenAndServe serves, but nothing calls the function that traps SIGTERM`
}

func waitForSignal() {
	quit := make(chan os.Signal, 1)
	signal.Notify(quit, syscall.SIGTERM)
	<-quit
}
