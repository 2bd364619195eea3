// Command observed measures in a middleware of its own.
package main

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

var duration = prometheus.NewHistogram(prometheus.HistogramOpts{Namespace: "shop", Subsystem: "http", Name: "duration_seconds"})

func main() {
	prometheus.MustRegister(duration)
	http.ListenAndServe(":8080", measured(http.NewServeMux()))
}

func measured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begin := time.Now()
		next.ServeHTTP(w, r)
		duration.Observe(time.Since(begin).Seconds())
	})
}
