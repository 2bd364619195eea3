package main

import (
	"log/slog"
	"net/http"
	"os"
)

func main() {
	level := slog.LevelWarn // want "log level is always warn"
	opts := &slog.HandlerOptions{}
	opts.Level = level
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, opts)))
	http.ListenAndServe(":8080", nil)
}
