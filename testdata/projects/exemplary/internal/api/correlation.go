package api

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
)

type correlationKey struct{}

// header carries the ID that ties the log lines of one request together.
const header = "X-Correlation-ID"

// correlate gives every request an ID and hands it on in the context.
func correlate(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get(header)
		if id == "" {
			id = rand.Text()
		}
		w.Header().Set(header, id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), correlationKey{}, id)))
	})
}

// WithCorrelation adds the ID of the context to every line.
func WithCorrelation(h slog.Handler) slog.Handler { return correlated{h} }

type correlated struct{ slog.Handler }

func (c correlated) Handle(ctx context.Context, record slog.Record) error {
	if id, ok := ctx.Value(correlationKey{}).(string); ok {
		record.AddAttrs(slog.String("correlation_id", id))
	}
	return c.Handler.Handle(ctx, record)
}
