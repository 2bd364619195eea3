package main

import (
	"log/slog"
	"net/http"
	"os"
)

func main() {
	var level slog.Level
	level.UnmarshalText([]byte(os.Getenv("LOG_LEVEL")))
	first := slog.New(slog.NewJSONHandler(os.Stderr, nil))
	first.Info("starting")
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level})))
	http.ListenAndServe(":8080", nil)
}
