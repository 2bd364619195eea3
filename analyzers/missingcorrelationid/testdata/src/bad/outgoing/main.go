// The id is set on requests to others, and read from their answers.
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

func ask(w http.ResponseWriter, r *http.Request) {
	req, err := http.NewRequestWithContext(r.Context(), "GET", "http://stock/", nil)
	if err != nil {
		return
	}
	req.Header.Set("X-Request-ID", "orders")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return
	}
	defer resp.Body.Close()
	io.WriteString(w, resp.Header.Get("X-Request-ID"))
}

func main() {
	http.HandleFunc("/ask", ask)
	log.Fatal(http.ListenAndServe(":8080", nil)) // want `no handler of the server reads or makes a correlation id`
}
