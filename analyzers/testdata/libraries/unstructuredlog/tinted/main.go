// Command tinted colours its log.
package main

import (
	"log/slog"
	"net/http"
	"os"

	"github.com/lmittmann/tint"
)

func main() {
	slog.SetDefault(slog.New(tint.NewHandler(os.Stderr, nil))) // want "tint.NewHandler writes text"
	http.ListenAndServe(":8080", nil)
}
