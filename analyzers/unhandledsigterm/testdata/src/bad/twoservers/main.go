package main

import (
	"log"
	"net/http"
)

func main() {
	public := &http.Server{Addr: ":8080", Handler: http.NewServeMux()}
	admin := &http.Server{Addr: ":8081", Handler: http.NewServeMux()}
	go admin.ListenAndServe()
	log.Fatal(public.ListenAndServe()) // want `public.ListenAndServe serves, but nothing traps SIGTERM`
}
