package main

import (
	"log"
	"net/http"
)

func main() {
	errs := make(chan error, 1)
	go func() { errs <- http.ListenAndServe(":8080", http.NewServeMux()) }() // want `http.ListenAndServe serves, but nothing traps SIGTERM`
	log.Fatal(<-errs)
}
