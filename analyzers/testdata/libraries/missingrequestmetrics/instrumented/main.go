// Command instrumented wraps its handler.
package main

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

func main() {
	duration := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "request_duration_seconds"}, []string{"code"})
	prometheus.MustRegister(duration)
	http.ListenAndServe(":8080", promhttp.InstrumentHandlerDuration(duration, http.NewServeMux()))
}
