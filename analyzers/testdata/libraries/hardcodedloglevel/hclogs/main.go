// Command hclogs configures hclog.
package main

import (
	"net/http"
	"os"

	"github.com/hashicorp/go-hclog"
)

func main() {
	logger := hclog.New(&hclog.LoggerOptions{JSONFormat: true, Level: hclog.LevelFromString(os.Getenv("LOG_LEVEL"))})
	logger.Info("serving")
	http.ListenAndServe(":8080", nil)
}
