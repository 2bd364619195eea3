package main

import (
	"log/slog"
	"net/http"
	"os"
)

func main() {
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil))) // want "root logger carries no service and no version"
	http.ListenAndServe(":8080", nil)
}
