package main

import (
	"fmt"
	"net/http"
)

func main() {
	go http.ListenAndServe("localhost:8080", nil)
	for range 100 {
		http.Get("http://localhost:8080")
	}
	fmt.Println("done")
}
