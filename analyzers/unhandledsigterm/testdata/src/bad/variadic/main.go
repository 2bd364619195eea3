package main

import (
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	go func() {
		log.Print(http.ListenAndServe(":8080", http.NewServeMux())) // want `only SIGINT and SIGQUIT are trapped while http.ListenAndServe serves`
	}()
	waitFor(os.Interrupt, syscall.SIGQUIT)
}

func waitFor(signals ...os.Signal) {
	c := make(chan os.Signal, 1)
	signal.Notify(c, signals...)
	<-c
}
