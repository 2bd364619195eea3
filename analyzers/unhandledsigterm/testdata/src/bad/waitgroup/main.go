package main

import (
	"log"
	"net/http"
	"sync"
)

func main() {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		log.Print(http.ListenAndServe(":8080", http.NewServeMux())) // want `http.ListenAndServe serves, but nothing traps SIGTERM`
	}()
	wg.Wait()
}
