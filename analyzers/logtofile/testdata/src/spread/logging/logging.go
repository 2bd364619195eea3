package logging

import (
	"io"
	"log/slog"
	"os"
)

// New returns a logger that writes to w.
func New(w io.Writer) *slog.Logger { return slog.New(slog.NewJSONHandler(w, nil)) }

// File opens a file.
func File(path string) *os.File {
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		panic(err)
	}
	return file
}
