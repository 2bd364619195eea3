package main

import (
	"log"
	"log/slog"
	"net/http"
	"os"
)

func main() {
	log.SetOutput(os.Stdout)
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)))
	http.ListenAndServe(":8080", nil)
}
