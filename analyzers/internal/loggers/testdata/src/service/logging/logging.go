package logging

import (
	"log/slog"
	"os"
)

var debug bool

// New returns a logger of a level that carries attributes.
func New(level string, attrs ...any) *slog.Logger {
	var l slog.Level
	l.UnmarshalText([]byte(level))
	handler := slog.NewJSONHandler(writer(), &slog.HandlerOptions{Level: l})
	return slog.New(handler).With(attrs...)
}

// writer returns where the log goes.
func writer() *os.File {
	if debug {
		file, err := os.Create("debug.log")
		if err != nil {
			panic(err)
		}
		return file
	}
	return os.Stdout
}
