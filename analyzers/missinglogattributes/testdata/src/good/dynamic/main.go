package main

import (
	"log/slog"
	"net/http"
	"os"
)

func main() {
	var attrs []any
	for _, name := range os.Args {
		attrs = append(attrs, name, os.Getenv(name))
	}
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)).With(attrs...))
	http.ListenAndServe(":8080", nil)
}
