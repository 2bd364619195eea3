// Command zapconfig sets the level of a configuration.
package main

import (
	"net/http"

	"go.uber.org/zap"
)

func main() {
	cfg := zap.NewProductionConfig()
	cfg.Level = zap.NewAtomicLevelAt(zap.DebugLevel) // want "log level is always debug"
	logger := zap.Must(cfg.Build())
	logger.Info("serving")
	http.ListenAndServe(":8080", nil)
}
