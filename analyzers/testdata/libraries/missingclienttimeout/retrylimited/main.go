// Command retrylimited limits the client that retryablehttp works with.
package main

import (
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

func main() {
	client := retryablehttp.NewClient()
	client.HTTPClient.Timeout = 5 * time.Second
	client.Get("http://stock.example/articles")
}
