package main

import (
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

func init() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGTERM)
	go func() {
		<-c
		os.Exit(0)
	}()
}

func main() {
	log.Fatal(http.ListenAndServe(":8080", http.NewServeMux()))
}
