package main

import (
	"log/slog"
	"net/http"
	"os"
)

func main() {
	level := new(slog.LevelVar)
	http.Handle("/level", change(level))
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level})))
	http.ListenAndServe(":8080", nil)
}

func change(level *slog.LevelVar) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { level.Set(slog.LevelDebug) })
}
