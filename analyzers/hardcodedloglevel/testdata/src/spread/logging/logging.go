package logging

import (
	"log/slog"
	"os"
)

// New returns a logger that writes from level on.
func New(level slog.Level) *slog.Logger {
	return slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
}
