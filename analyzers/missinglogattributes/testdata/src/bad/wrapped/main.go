package main

import (
	"context"
	"log/slog"
	"net/http"
	"os"
)

func main() {
	slog.SetDefault(slog.New(identified{slog.NewJSONHandler(os.Stderr, nil)})) // want "no service and no version"
	http.ListenAndServe(":8080", nil)
}

// identified adds the id of the request.
type identified struct{ slog.Handler }

func (h identified) Handle(ctx context.Context, r slog.Record) error {
	r.AddAttrs(slog.Any("request_id", ctx.Value("id")))
	return h.Handler.Handle(ctx, r)
}
