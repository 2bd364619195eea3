package main

import (
	"log"
	"net/http"
)

func main() {
	go serve()
	select {}
}

func serve() {
	log.Fatal(http.ListenAndServe(":8080", http.NewServeMux())) // want `http.ListenAndServe serves, but nothing traps SIGTERM`
}
