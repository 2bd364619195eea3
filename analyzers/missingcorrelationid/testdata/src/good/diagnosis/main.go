// Nobody but the operator asks.
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

func main() {
	http.HandleFunc("/healthz", list)
	http.HandleFunc("/metrics", list)
	log.Fatal(http.ListenAndServe(":8080", nil))
}
