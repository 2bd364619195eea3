// Package api answers requests for orders.
package api

import (
	"net/http"
)

// Handler returns the routes of the API.
func Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders/{id}", func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "no such order", http.StatusNotFound)
	})
	for _, path := range []string{"/health", "/ready", "/startup"} {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {})
	}
	return mux
}
