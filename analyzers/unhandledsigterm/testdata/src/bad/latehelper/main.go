package main

import (
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	serve()
	waitForSignal()
}

func serve() {
	log.Print(http.ListenAndServe(":8080", http.NewServeMux())) // want `http.ListenAndServe serves before SIGTERM is trapped`
}

func waitForSignal() {
	quit := make(chan os.Signal, 1)
	signal.Notify(quit, syscall.SIGTERM)
	<-quit
}
