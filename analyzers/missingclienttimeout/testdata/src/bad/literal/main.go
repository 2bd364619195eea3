package main

import "net/http"

func main() {
	client := &http.Client{} // want "http.Client has no Timeout, and client.Do no deadline"
	req, _ := http.NewRequest("GET", "http://stock.example", nil)
	client.Do(req)
}
