package main

import (
	"log/slog"
	"net/http"
	"os"
)

func main() {
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level()})))
	http.ListenAndServe(":8080", nil)
}

func level() slog.Level { return slog.LevelDebug } // want "log level is always debug"
