package main

import (
	"log"
	"net/http"
)

func main() {
	srv := &http.Server{Addr: ":8080", Handler: http.NewServeMux()}
	if err := srv.ListenAndServe(); err != nil { // want `srv.ListenAndServe serves, but nothing traps SIGTERM`
		log.Fatal(err)
	}
}
