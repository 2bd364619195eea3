// The header is an element of a map, the trace one of many.
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

func handle(w http.ResponseWriter, r *http.Request) {
	if ids := r.Header["Traceparent"]; len(ids) > 0 {
		slog.Info("orders", "trace", ids[0])
	}
}

func main() {
	http.HandleFunc("/orders", handle)
	log.Fatal(http.ListenAndServe(":8080", nil))
}
