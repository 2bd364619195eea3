package main

import (
	"context"
	"log"
	"net/http"
)

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		log.Print(http.ListenAndServe(":8080", http.NewServeMux())) // want `http.ListenAndServe serves, but nothing traps SIGTERM`
	}()
	<-ctx.Done()
}
