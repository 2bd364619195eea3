// The name of the header is a setting.
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

type server struct{ requestIDHeader string }

func (s *server) handle(w http.ResponseWriter, r *http.Request) {
	slog.Info("orders", "id", r.Header.Get(s.requestIDHeader))
}

func main() {
	s := &server{"X-Id"}
	http.HandleFunc("/orders", s.handle)
	log.Fatal(http.ListenAndServe(":8080", nil))
}
