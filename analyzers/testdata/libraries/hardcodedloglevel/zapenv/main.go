// Command zapenv reads the level of zap from the environment.
package main

import (
	"net/http"
	"os"

	"go.uber.org/zap"
)

func main() {
	cfg := zap.NewProductionConfig()
	if level, err := zap.ParseAtomicLevel(os.Getenv("LOG_LEVEL")); err == nil {
		cfg.Level = level
	}
	zap.ReplaceGlobals(zap.Must(cfg.Build()))
	http.ListenAndServe(":8080", nil)
}
