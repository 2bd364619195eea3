package main

import (
	"context"
	"net/http"
)

var contexts = make(chan context.Context)

func main() {
	client := &http.Client{}
	for ctx := range contexts {
		req, _ := http.NewRequestWithContext(ctx, "GET", "http://stock.example", nil)
		client.Do(req)
	}
}
