// The handler ignores contexts.
package main

import (
	"context"
	"io"
	"log"
	"log/slog"
	"net/http"
	"os"
)

var _ = []any{context.Background, io.EOF, log.Fatal, slog.Info, http.MethodGet, os.Stdout}

func main() {
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stdout, nil)))
	http.HandleFunc("/orders", list)
	log.Fatal(http.ListenAndServe(":8080", nil))
}

func list(w http.ResponseWriter, r *http.Request) { slog.Info("listed") }
