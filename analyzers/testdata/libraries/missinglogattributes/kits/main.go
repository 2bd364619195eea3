// Command kits logs by go-kit.
package main

import (
	"net/http"
	"os"

	"github.com/go-kit/log"
)

func main() {
	logger := log.NewJSONLogger(log.NewSyncWriter(os.Stderr))
	logger = log.With(logger, "ts", log.DefaultTimestampUTC, "service", "orders", "version", "1")
	logger.Log("msg", "serving")
	http.ListenAndServe(":8080", nil)
}
