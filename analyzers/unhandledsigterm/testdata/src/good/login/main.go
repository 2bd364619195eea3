package main

import (
	"fmt"
	"net/http"
)

// A tool that serves until the browser has called back.
func main() {
	codes := make(chan string)
	mux := http.NewServeMux()
	mux.HandleFunc("/callback", func(w http.ResponseWriter, r *http.Request) { codes <- r.FormValue("code") })
	srv := &http.Server{Addr: "localhost:7777", Handler: mux}
	go srv.ListenAndServe()
	fmt.Println(<-codes)
}
