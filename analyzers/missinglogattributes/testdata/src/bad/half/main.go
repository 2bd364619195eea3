package main

import (
	"log/slog"
	"net/http"
	"os"
)

func main() {
	logger := slog.New(slog.NewJSONHandler(os.Stderr, nil)) // want "root logger carries no version"
	slog.SetDefault(logger.With("service", "orders"))
	http.ListenAndServe(":8080", nil)
}
