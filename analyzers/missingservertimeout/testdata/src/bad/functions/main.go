package main

import (
	"log"
	"net"
	"net/http"
)

func main() {
	l, err := net.Listen("tcp", ":8081")
	if err != nil {
		log.Fatal(err)
	}
	go http.Serve(l, nil)                        // want "http.Serve serves without a limit for reading requests"
	log.Fatal(http.ListenAndServe(":8080", nil)) // want "http.ListenAndServe serves without a limit for reading requests"
}
