// Command tints uses tint.
package main

import (
	"log/slog"
	"net/http"
	"os"

	"github.com/lmittmann/tint"
)

func main() {
	slog.SetDefault(slog.New(tint.NewHandler(os.Stderr, nil))) // want "log level is always info"
	http.ListenAndServe(":8080", nil)
}
