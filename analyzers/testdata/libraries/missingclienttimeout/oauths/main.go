// Command oauths gives its client to a library.
package main

import (
	"context"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"golang.org/x/oauth2"
)

func main() {
	given := &http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport)}
	ctx := context.WithValue(context.Background(), oauth2.HTTPClient, given)
	(&oauth2.Config{}).Exchange(ctx, "code")

	traced := &http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport)} // want "http.Client has no Timeout"
	traced.Get("http://stock.example/articles")
}
