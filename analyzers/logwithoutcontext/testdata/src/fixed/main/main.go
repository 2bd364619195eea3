// Each call gets the context that is at hand.
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
	serve()
}

func list(w http.ResponseWriter, r *http.Request) {
	slog.Info("listed", "path", r.URL.Path) // want `slog.Info drops`
	load(r.Context())
}

func load(ctx context.Context) {
	slog.Warn("slow")                               // want `slog.Warn drops`
	slog.ErrorContext(context.Background(), "lost") // want `slog.ErrorContext drops`
}
