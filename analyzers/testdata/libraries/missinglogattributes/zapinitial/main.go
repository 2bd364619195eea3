// Command zapinitial has initial fields.
package main

import (
	"net/http"

	"go.uber.org/zap"
)

func main() {
	cfg := zap.NewProductionConfig()
	cfg.InitialFields = map[string]any{"service": "orders", "version": version}
	zap.ReplaceGlobals(zap.Must(cfg.Build()))
	http.ListenAndServe(":8080", nil)
}

var version = "dev"
