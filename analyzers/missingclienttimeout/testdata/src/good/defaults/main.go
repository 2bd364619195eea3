package main

import (
	"net/http"
	"time"
)

func main() {
	http.DefaultClient.Timeout = 10 * time.Second
	http.Get("http://stock.example")
	http.DefaultClient.Head("http://stock.example")
}
