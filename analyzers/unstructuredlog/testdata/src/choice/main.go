package main

import (
	"log/slog"
	"net/http"
	"os"
)

func main() {
	var h slog.Handler = slog.NewTextHandler(os.Stdout, nil) // want `slog.NewTextHandler writes text unless JSON is asked for`
	if os.Getenv("LOG_FORMAT") == "json" {
		h = slog.NewJSONHandler(os.Stdout, nil)
	}
	slog.SetDefault(slog.New(h))
	http.ListenAndServe(":8080", nil)
}
