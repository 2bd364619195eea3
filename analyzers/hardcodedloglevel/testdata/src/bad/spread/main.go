package main

import (
	"log/slog"
	"net/http"
	"spread/logging"
)

func main() {
	slog.SetDefault(logging.New(slog.LevelDebug)) // want "log level is always debug"
	http.ListenAndServe(":8080", nil)
}
