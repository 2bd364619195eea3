package main

import (
	"log/slog"
	"net/http"
	"os"
)

func main() {
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{AddSource: true}))) // want "slog.NewTextHandler writes text, NewJSONHandler JSON"
	http.ListenAndServe(":8080", nil)
}
