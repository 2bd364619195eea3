// Command dynamic names its metrics at run time.
package main

import (
	"net/http"
	"os"

	"github.com/prometheus/client_golang/prometheus"
)

var placed = prometheus.NewCounter(prometheus.CounterOpts{Name: os.Getenv("METRIC")})

func main() {
	prometheus.MustRegister(placed)
	http.ListenAndServe(":8080", http.HandlerFunc(func(http.ResponseWriter, *http.Request) { placed.Inc() }))
}
