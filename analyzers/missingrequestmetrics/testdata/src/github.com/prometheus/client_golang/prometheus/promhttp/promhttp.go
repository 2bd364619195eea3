// Package promhttp is cut down to two handlers.
package promhttp

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
)

// Handler shows the metrics.
func Handler() http.Handler { return http.NotFoundHandler() }

// InstrumentHandlerDuration observes how long requests take.
func InstrumentHandlerDuration(obs prometheus.ObserverVec, next http.Handler) http.HandlerFunc {
	return next.ServeHTTP
}
