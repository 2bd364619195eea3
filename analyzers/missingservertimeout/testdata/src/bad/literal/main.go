package main

import (
	"net/http"
	"time"
)

func main() {
	srv := &http.Server{Addr: ":8080", IdleTimeout: time.Minute} // want "the server of srv.ListenAndServe has neither ReadHeaderTimeout nor ReadTimeout"
	srv.ListenAndServe()
}
