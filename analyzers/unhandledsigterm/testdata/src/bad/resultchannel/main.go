package main

import (
	"bad/resultchannel/stop"
	"log"
	"net/http"
)

func main() {
	startServer()
	drain(stop.Channel())
}

func startServer() {
	srv := &http.Server{Addr: ":8080", Handler: http.NewServeMux()}
	go func() {
		if err := srv.ListenAndServe(); err != nil { // want `only SIGINT is trapped while srv.ListenAndServe serves`
			log.Fatal(err)
		}
	}()
}

func drain(stopped <-chan struct{}) { <-stopped }
