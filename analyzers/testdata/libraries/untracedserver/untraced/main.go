// Command untraced traces what it calls, but not what it answers.
package main

import (
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
)

var client = &http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport)}

func main() {
	http.ListenAndServe(":8080", http.NewServeMux()) // want "no trace covers the requests of http.ListenAndServe"
}
