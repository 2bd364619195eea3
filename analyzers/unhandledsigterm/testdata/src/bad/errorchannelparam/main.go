package main

import (
	"log"
	"net/http"
)

func main() {
	errs := make(chan error, 1)
	go serve(errs)
	log.Fatal(<-errs)
}

func serve(errs chan<- error) {
	errs <- http.ListenAndServe(":8080", http.NewServeMux()) // want `http.ListenAndServe serves, but nothing traps SIGTERM`
}
