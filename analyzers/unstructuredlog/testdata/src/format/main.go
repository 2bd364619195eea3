package main

import (
	"flag"
	"log/slog"
	"net/http"
	"os"
)

var format = flag.String("log.format", "json", "json or text")

func main() {
	switch *format {
	case "json":
		slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stdout, nil)))
	default:
		slog.SetDefault(slog.New(slog.NewTextHandler(os.Stdout, nil)))
	}
	http.ListenAndServe(":8080", nil)
}
