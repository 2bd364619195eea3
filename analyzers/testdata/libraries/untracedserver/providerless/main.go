// Command providerless traces requests, but sends the spans nowhere.
package main

import (
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
)

func main() {
	http.ListenAndServe(":8080", otelhttp.NewHandler(http.NewServeMux(), "shop")) // want "otelhttp.NewHandler traces requests, but the program sets no tracer provider"
}
