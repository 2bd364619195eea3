// Command charmjson sets the formatter of charm.
package main

import (
	"net/http"
	"os"

	"github.com/charmbracelet/log"
)

func main() {
	logger := log.NewWithOptions(os.Stderr, log.Options{Formatter: log.JSONFormatter})
	logger.Info("serving")
	other := log.New(os.Stderr)
	other.SetFormatter(log.JSONFormatter)
	other.Info("serving")
	http.ListenAndServe(":8080", nil)
}
