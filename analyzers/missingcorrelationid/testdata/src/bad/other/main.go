// Other headers are no ids, and the id is only written.
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
	w.Header().Set("X-Request-ID", "none")
	if w.Header().Get("X-Request-ID") != "" {
		io.WriteString(w, r.Header.Get("X-Forwarded-For")+r.Header.Get("X-Tenant-ID"))
	}
}

func main() {
	http.HandleFunc("/", handle)
	http.HandleFunc("/orders", list)
	log.Fatal(http.ListenAndServe(":8080", nil)) // want `no handler of the server`
}
