package main

import "net/http"

func main() {
	go func() { http.ListenAndServe(":8080", nil) }()
	<-make(chan int)
}
