// A logger for each request has the id, wherever it is from.
package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"io"
	"log"
	"log/slog"
	"net/http"
)

var _ = []any{context.Background, rand.Read, hex.EncodeToString, slog.Info, io.EOF}

func list(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "[]") }

func idOf(r *http.Request) string { return r.URL.Query().Get("q") }

func handle(w http.ResponseWriter, r *http.Request) {
	slog.With("request_id", idOf(r)).Info("orders")
}

func main() {
	http.HandleFunc("/orders", handle)
	log.Fatal(http.ListenAndServe(":8080", nil))
}
