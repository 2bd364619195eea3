// Command zapconsole changes the encoding of zap.
package main

import (
	"net/http"

	"go.uber.org/zap"
)

func main() {
	cfg := zap.NewProductionConfig()
	cfg.Encoding = "console" // want "zap.Config with encoding \"console\" writes text"
	zap.Must(cfg.Build()).Info("serving")
	http.ListenAndServe(":8080", nil)
}
