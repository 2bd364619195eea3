package main

import (
	"io"
	"log/slog"
	"net/http"
	"os"
)

func main() {
	file, _ := os.Create("app.log")
	slog.SetDefault(slog.New(slog.NewJSONHandler(io.MultiWriter(os.Stdout, file), nil))) // want "the log goes to app.log"
	http.ListenAndServe(":8080", nil)
}
