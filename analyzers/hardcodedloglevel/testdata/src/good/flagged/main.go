package main

import (
	"flag"
	"log/slog"
	"net/http"
	"os"
)

func main() {
	var level slog.LevelVar
	flag.TextVar(&level, "log-level", &level, "what to log")
	flag.Parse()
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: &level})))
	http.ListenAndServe(":8080", nil)
}
