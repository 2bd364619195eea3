package main

import (
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

var traps = map[string]func(){
	"term": func() {
		c := make(chan os.Signal, 1)
		signal.Notify(c, syscall.SIGTERM)
		<-c
		os.Exit(0)
	},
}

func main() {
	go traps[os.Args[1]]()
	log.Fatal(http.ListenAndServe(":8080", http.NewServeMux()))
}
