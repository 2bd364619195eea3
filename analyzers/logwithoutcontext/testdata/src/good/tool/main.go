// A tool has no requests.
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

type handler struct{ slog.Handler }

func (h handler) Handle(ctx context.Context, r slog.Record) error {
	if id, ok := ctx.Value("id").(string); ok {
		r.AddAttrs(slog.String("correlation_id", id))
	}
	return h.Handler.Handle(ctx, r)
}

func setUp() { slog.SetDefault(slog.New(handler{slog.NewJSONHandler(os.Stdout, nil)})) }

func serve() {
	http.HandleFunc("/orders", list)
	log.Fatal(http.ListenAndServe(":8080", nil))
}

func main() {
	setUp()
	http.HandleFunc("/orders", list)
}

func list(w http.ResponseWriter, r *http.Request) { slog.Info("listed") }
