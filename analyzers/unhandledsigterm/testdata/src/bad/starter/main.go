package main

import (
	"log"
	"net/http"
	"os"
	"os/signal"
)

func main() {
	safely(func() {
		log.Print(http.ListenAndServe(":8080", http.NewServeMux())) // want `only SIGINT is trapped while http.ListenAndServe serves`
	})
	quit := make(chan os.Signal, 1)
	signal.Notify(quit, os.Interrupt)
	<-quit
}

func safely(f func()) {
	go func() {
		defer func() { _ = recover() }()
		f()
	}()
}
