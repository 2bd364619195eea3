package main

import (
	"log/slog"
	"net/http"
	"os"
)

func main() {
	file, _ := os.Create("app.log")
	slog.SetDefault(newLogger(file)) // want "the log goes to app.log"
	http.ListenAndServe(":8080", nil)
}

func newLogger(w *os.File) *slog.Logger { return slog.New(slog.NewJSONHandler(w, nil)) }
