package main

import (
	"log/slog"
	"net/http"
	"os"
)

func main() {
	var handler slog.Handler = slog.NewJSONHandler(os.Stderr, nil)
	handler = handler.WithAttrs([]slog.Attr{slog.String("app", "orders"), slog.String("git_sha", version)})
	slog.SetDefault(slog.New(handler))
	http.ListenAndServe(":8080", nil)
}

var version = "dev"
