// Command charms configures charm.
package main

import (
	"net/http"
	"os"

	"github.com/charmbracelet/log"
)

func main() {
	logger := log.NewWithOptions(os.Stderr, log.Options{Level: log.DebugLevel, Formatter: log.JSONFormatter}) // want "log level is always debug"
	logger.Info("serving")
	http.ListenAndServe(":8080", nil)
}
