package main

import (
	"log/slog"
	"net/http"
	"os"
)

func main() {
	var level slog.LevelVar
	level.Set(slog.LevelDebug) // want "log level is always debug"
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: &level})))
	http.ListenAndServe(":8080", nil)
}
