// Command charms has fields among its options.
package main

import (
	"net/http"
	"os"

	"github.com/charmbracelet/log"
)

func main() {
	logger := log.NewWithOptions(os.Stderr, log.Options{Formatter: log.JSONFormatter, Fields: []any{"service", "orders", "version", version}})
	logger.Info("serving")
	http.ListenAndServe(":8080", nil)
}

var version = "dev"
