package main

import (
	"net/http"
	"time"
)

func main() {
	go http.ListenAndServe(":8080", http.NewServeMux())
	select {
	case <-time.After(time.Minute):
	}
}
