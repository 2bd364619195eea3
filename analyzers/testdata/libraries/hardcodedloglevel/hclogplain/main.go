// Command hclogplain configures hclog without a level.
package main

import (
	"net/http"

	"github.com/hashicorp/go-hclog"
)

func main() {
	logger := hclog.New(&hclog.LoggerOptions{JSONFormat: true}) // want "log level is always info"
	logger.Info("serving")
	http.ListenAndServe(":8080", nil)
}
