// The handler only hands the context on.
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
	r.AddAttrs(slog.String("correlation_id", "none"))
	if !h.Enabled(ctx, r.Level) {
		return nil
	}
	return h.Handler.Handle(ctx, r)
}

func main() {
	slog.SetDefault(slog.New(handler{slog.NewJSONHandler(os.Stdout, nil)}))
	http.HandleFunc("/orders", list)
	log.Fatal(http.ListenAndServe(":8080", nil))
}

func list(w http.ResponseWriter, r *http.Request) { slog.Info("listed") }
