package main

import (
	"log"
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP, syscall.SIGUSR1)
	go func() {
		for range hup {
			log.Print("reload")
		}
	}()
	log.Fatal(http.ListenAndServe(":8080", http.NewServeMux())) // want `only SIGHUP and SIGUSR1 are trapped while http.ListenAndServe serves`
}
