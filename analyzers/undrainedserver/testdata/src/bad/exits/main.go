package main

import (
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	srv := &http.Server{Addr: ":8080", Handler: http.HandlerFunc(hello)}
	quit := make(chan os.Signal, 1)
	signal.Notify(quit, syscall.SIGTERM)
	go func() {
		<-quit
		log.Print("bye")
		os.Exit(0) // want `os.Exit drops open requests on SIGTERM; call srv.Shutdown before`
	}()
	log.Fatal(srv.ListenAndServe())
}

func hello(w http.ResponseWriter, r *http.Request) { w.Write([]byte("hello")) }
