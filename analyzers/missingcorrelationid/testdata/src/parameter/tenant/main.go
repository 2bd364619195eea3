// An organisation has a header of its own.
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

func handle(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Header.Get("X-Acme-Call")) }

func main() {
	http.HandleFunc("/orders", handle)
	log.Fatal(http.ListenAndServe(":8080", nil))
}
