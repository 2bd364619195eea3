package main

import (
	"log"
	"net/http"
	"os/signal"
	"syscall"
)

func main() {
	signal.Ignore(syscall.SIGTERM)
	log.Fatal(http.ListenAndServe(":8080", http.NewServeMux())) // want `SIGTERM is ignored while http.ListenAndServe serves`
}
