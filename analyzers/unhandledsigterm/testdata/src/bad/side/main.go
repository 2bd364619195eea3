package main

import (
	"log"
	"net/http"
)

func main() {
	go func() { log.Print(http.ListenAndServe("localhost:6060", nil)) }()
	log.Fatal(http.ListenAndServe(":8080", http.NewServeMux())) // want `http.ListenAndServe serves, but nothing traps SIGTERM`
}
