package main

import (
	"context"
	"log/slog"
	"net/http"
	"os"
)

func main() {
	slog.SetDefault(slog.New(stamped{slog.NewJSONHandler(os.Stderr, nil)}))
	http.ListenAndServe(":8080", nil)
}

// stamped adds what every line says.
type stamped struct{ slog.Handler }

func (h stamped) Handle(ctx context.Context, r slog.Record) error {
	r.AddAttrs(slog.String("service", "orders"), slog.String("version", "1"))
	return h.Handler.Handle(ctx, r)
}
