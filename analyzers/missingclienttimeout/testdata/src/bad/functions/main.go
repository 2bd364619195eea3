package main

import (
	"context"
	"net/http"
	"strings"
)

func main() {
	http.Get("http://stock.example")                                        // want "http.Get waits for an answer without limit"
	http.Post("http://stock.example", "text/plain", strings.NewReader("x")) // want "http.Post waits for an answer without limit"
	http.DefaultClient.Head("http://stock.example")                         // want "http.DefaultClient.Head waits for an answer without limit"
	req, _ := http.NewRequestWithContext(context.Background(), "GET", "http://stock.example", nil)
	http.DefaultClient.Do(req) // want "http.DefaultClient.Do waits for an answer without limit"
}
