// Command zappaths writes to the paths of its configuration.
package main

import (
	"net/http"

	"go.uber.org/zap"
)

func main() {
	cfg := zap.NewProductionConfig()
	cfg.OutputPaths = []string{"stdout", "/var/log/app.log"}
	logger := zap.Must(cfg.Build()) // want "the log goes to /var/log/app.log"
	logger.Info("serving")
	plain := zap.NewProductionConfig()
	plain.OutputPaths = []string{"stdout"}
	zap.ReplaceGlobals(zap.Must(plain.Build()))
	http.ListenAndServe(":8080", nil)
}
