package logging

import (
	"log/slog"
	"os"
)

// New returns a logger with attributes.
func New(attrs ...any) *slog.Logger {
	return slog.New(slog.NewJSONHandler(os.Stderr, nil)).With(attrs...)
}
