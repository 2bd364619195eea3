package main

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"os"
)

func main() {
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stdout, nil))) // want `slog.NewTextHandler writes text`
	_ = slog.New(slog.NewTextHandler(io.Discard, nil))
	_ = slog.New(slog.NewTextHandler(new(bytes.Buffer), nil))
	slog.Info("starting")
	http.ListenAndServe(":8080", nil)
}
