// Command healthlibrary puts the handler of a library where it likes.
package main

import (
	"net/http"

	"github.com/alexliesenfeld/health"
	hellofresh "github.com/hellofresh/health-go/v5"
)

func main() {
	checks, err := hellofresh.New()
	if err != nil {
		return
	}
	http.Handle("/readiness", health.NewHandler(health.NewChecker()))
	http.Handle("/health", checks.Handler())
	http.HandleFunc("/startupz", checks.HandlerFunc)
	http.ListenAndServe(":8080", nil)
}
