package main

import (
	"log/slog"
	"net/http"
	"os"
	"spread/logging"
)

func main() {
	slog.SetDefault(logging.New(level(os.Getenv("LOG_LEVEL"))))
	http.ListenAndServe(":8080", nil)
}

var levels = map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo}

func level(name string) slog.Level { return levels[name] }
