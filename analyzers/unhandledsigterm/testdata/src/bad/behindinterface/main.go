package main

import (
	"log"
	"net/http"
)

type server interface{ ListenAndServe() error }

func main() {
	var s server = &http.Server{Addr: ":8080", Handler: http.NewServeMux()}
	log.Fatal(s.ListenAndServe()) // want `ListenAndServe serves, but nothing traps SIGTERM`
}
