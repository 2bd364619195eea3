package main

import (
	"net/http"
	"os"
	"os/signal"
)

func main() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, fromConfiguration()...)
	go http.ListenAndServe(":8080", http.NewServeMux())
	<-c
}

func fromConfiguration() []os.Signal { return nil }
