// Command zapplain binds nothing.
package main

import (
	"net/http"

	"go.uber.org/zap"
)

func main() {
	logger := zap.Must(zap.NewProduction()) // want "root logger carries no service and no version"
	logger.Info("serving")
	http.ListenAndServe(":8080", nil)
}
