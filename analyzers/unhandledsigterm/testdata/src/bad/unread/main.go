package main

import (
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	quit := make(chan os.Signal, 1)
	signal.Notify(quit, syscall.SIGTERM)
	log.Fatal(http.ListenAndServe(":8080", http.NewServeMux())) // want `SIGTERM is trapped, but nothing waits for it while http.ListenAndServe serves`
}
