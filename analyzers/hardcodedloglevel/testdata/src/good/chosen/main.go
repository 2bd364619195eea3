package main

import (
	"flag"
	"log/slog"
	"net/http"
	"os"
)

func main() {
	debug := flag.Bool("debug", false, "log more")
	flag.Parse()
	level := slog.LevelInfo
	if *debug {
		level = slog.LevelDebug
	}
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level})))
	http.ListenAndServe(":8080", nil)
}
