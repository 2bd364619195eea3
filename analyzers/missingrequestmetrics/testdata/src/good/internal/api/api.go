// Package api answers requests for orders.
package api

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
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
	mux.Handle("GET /metrics", promhttp.Handler())
	return promhttp.InstrumentHandlerDuration(duration, mux)
}

var duration = prometheus.NewHistogramVec(prometheus.HistogramOpts{
	Name: "http_request_duration_seconds",
	Help: "How long requests took.",
}, []string{"method", "code"})
