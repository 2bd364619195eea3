// Command zapbuilt uses the presets of zap.
package main

import (
	"net/http"

	"go.uber.org/zap"
)

func main() {
	logger := zap.Must(zap.NewProduction()) // want "log level is always info"
	logger.Info("serving")
	http.ListenAndServe(":8080", nil)
}
