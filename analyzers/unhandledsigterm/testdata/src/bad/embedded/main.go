package main

import (
	"log"
	"net/http"
)

type server struct {
	*http.Server
	name string
}

func main() {
	s := &server{&http.Server{Addr: ":8080", Handler: http.NewServeMux()}, "api"}
	log.Fatal(s.ListenAndServe()) // want `s.ListenAndServe serves, but nothing traps SIGTERM`
}
