package main

import (
	"context"
	"log"
	"net/http"
)

func main() {
	code := make(chan string, 1)
	srv := &http.Server{Addr: "localhost:8080", Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		code <- r.FormValue("code")
	})}
	go srv.ListenAndServe()
	log.Print(<-code)
	srv.Shutdown(context.Background())
}
