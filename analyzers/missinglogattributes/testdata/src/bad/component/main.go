package main

import (
	"log/slog"
	"net/http"
	"os"
)

func main() {
	logger := slog.New(slog.NewJSONHandler(os.Stderr, nil)) // want "no service and no version"
	slog.SetDefault(logger.With("component", "http"))
	http.ListenAndServe(":8080", nil)
}
