// A middleware reads the header, by a constant.
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

const header = "x-correlation-id"

func withID(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), "id", r.Header.Get(header))))
	})
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders", list)
	log.Fatal(http.ListenAndServe(":8080", withID(mux)))
}
