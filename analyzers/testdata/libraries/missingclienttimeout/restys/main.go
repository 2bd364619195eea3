// Command restys asks with resty.
package main

import (
	"context"
	"time"

	"github.com/go-resty/resty/v2"
)

func main() {
	open := resty.New() // want "resty.Client has no Timeout, and .*Get no deadline"
	open.R().SetQueryParam("q", "x").Get("http://stock.example/articles")

	limited := resty.New().SetTimeout(5 * time.Second)
	limited.R().Get("http://stock.example/articles")

	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	bounded := resty.New()
	bounded.R().SetContext(ctx).Post("http://stock.example/orders")
}
