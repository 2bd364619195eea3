package main

import (
	"io"
	"log/slog"
	"net/http"
)

func main() {
	slog.SetDefault(slog.New(slog.NewJSONHandler(io.Discard, nil)))
	http.ListenAndServe(":8080", nil)
}
