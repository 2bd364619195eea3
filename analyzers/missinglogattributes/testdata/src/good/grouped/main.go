package main

import (
	"log/slog"
	"net/http"
	"os"
)

func main() {
	logger := slog.New(slog.NewJSONHandler(os.Stderr, nil))
	slog.SetDefault(logger.With(slog.Group("service", "name", "orders", "version", version)))
	http.ListenAndServe(":8080", nil)
}

var version = "dev"
