// Command zaphalf binds one of two attributes.
package main

import (
	"net/http"

	"go.uber.org/zap"
)

func main() {
	logger := zap.Must(zap.NewProduction()).With(zap.String("app", "orders")) // want "root logger carries no version"
	zap.ReplaceGlobals(logger)
	http.ListenAndServe(":8080", nil)
}
