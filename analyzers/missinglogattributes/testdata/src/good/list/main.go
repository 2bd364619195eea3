package main

import (
	"log/slog"
	"net/http"
	"os"
)

func main() {
	attrs := []any{"service", "orders"}
	attrs = append(attrs, "version", "1")
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)).With(attrs...))
	http.ListenAndServe(":8080", nil)
}
