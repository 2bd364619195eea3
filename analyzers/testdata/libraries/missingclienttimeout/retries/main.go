// Command retries asks with retryablehttp.
package main

import (
	"context"
	"net/http"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

func main() {
	client := retryablehttp.NewClient() // want "retryablehttp.Client has no Timeout, and client.Get no deadline"
	client.RetryMax = 3
	client.Get("http://stock.example/articles")

	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	bounded := retryablehttp.NewClient()
	req, err := retryablehttp.NewRequestWithContext(ctx, http.MethodGet, "http://stock.example/articles", nil)
	if err != nil {
		return
	}
	bounded.Do(req)
}
