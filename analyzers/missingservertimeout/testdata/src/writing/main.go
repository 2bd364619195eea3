package main

import (
	"net/http"
	"time"
)

func main() {
	srv := &http.Server{Addr: ":8080", ReadTimeout: time.Second} // want "the server of srv.ListenAndServe has no WriteTimeout"
	srv.ListenAndServe()
}
