package main

import (
	"context"
	"log"
	"net/http"
)

// A server with an address that stops it: what else may call it is not known.
func main() {
	mux := http.NewServeMux()
	srv := &http.Server{Addr: ":8080", Handler: mux}
	mux.HandleFunc("/quit", func(w http.ResponseWriter, r *http.Request) { go srv.Shutdown(context.Background()) })
	log.Print(srv.ListenAndServe())
}
