// Command charmtext leaves charm as it is.
package main

import (
	"net/http"
	"os"

	"github.com/charmbracelet/log"
)

func main() {
	logger := log.NewWithOptions(os.Stderr, log.Options{ReportTimestamp: true}) // want "log.NewWithOptions writes text"
	logger.Info("serving")
	http.ListenAndServe(":8080", nil)
}
