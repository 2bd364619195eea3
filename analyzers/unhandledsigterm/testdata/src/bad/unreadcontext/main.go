package main

import (
	"context"
	"log"
	"net/http"
	"os/signal"
	"syscall"
)

func main() {
	_, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	log.Fatal(http.ListenAndServe(":8080", http.NewServeMux())) // want `SIGTERM is trapped, but nothing waits for it while http.ListenAndServe serves`
}
