// Command zapfields binds fields as options.
package main

import (
	"net/http"

	"go.uber.org/zap"
)

func main() {
	logger := zap.Must(zap.NewProduction(zap.Fields(zap.String("service", "orders"), zap.String("version", version))))
	zap.ReplaceGlobals(logger)
	http.ListenAndServe(":8080", nil)
}

var version = "dev"
