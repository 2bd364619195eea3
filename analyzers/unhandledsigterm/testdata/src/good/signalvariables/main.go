package main

import (
	"good/signalvariables/sig"
	"net/http"
	"os"
	"os/signal"
)

func main() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, sig.Signals...)
	go http.ListenAndServe(":8080", http.NewServeMux())
	<-c
}
