package fixed

import (
	"io"
	"log/slog"
)

func read(r io.Reader) error {
	_, err := io.ReadAll(r)
	if err != nil {
		slog.Info("read", "error", err) // want "error is logged at info"
		return err
	}
	slog.Error("connected") // want "message about a success"
	return nil
}
