package main

import (
	"log/slog"
	"net/http"
	"os"
)

func main() {
	logger := slog.New(slog.NewJSONHandler(os.Stdout, nil))
	logger.Info("starting")
	slog.Info("ready") // want `slog writes text unless a JSON handler is installed$`
	http.ListenAndServe(":8080", nil)
}
