package main

import (
	"fmt"
	"log"
	"net/http"
	"sync"
)

func main() {
	go func() { log.Print(http.ListenAndServe("localhost:6060", nil)) }()
	var wg sync.WaitGroup
	for range 3 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			fmt.Println("work")
		}()
	}
	wg.Wait()
}
