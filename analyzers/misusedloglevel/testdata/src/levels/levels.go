package levels

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
)

const (
	levelNotice = slog.Level(2)
	levelWarn   = slog.LevelWarn
)

var errClosed = errors.New("closed")

func hidden(r io.Reader) error {
	if _, err := io.ReadAll(r); err != nil {
		slog.Info("read", "error", err) // want "error is logged at info although it makes the function fail"
		return fmt.Errorf("read: %w", err)
	}
	return nil
}

func expected(r io.Reader) error {
	_, err := io.ReadAll(r)
	if errors.Is(err, errClosed) {
		slog.Debug("reader closed", "error", err)
		return err
	}
	if err != nil {
		slog.Info("try again", "error", err)
	}
	if err != nil {
		slog.Debug("read nothing", "error", err)
		return nil
	}
	if err == io.EOF {
		slog.Info("end", "error", err)
		return err
	}
	return nil
}

func answers(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		slog.Info("parse", "error", err)
		http.Error(w, "bad request", http.StatusBadRequest)
		return
	}
	if _, err := io.ReadAll(r.Body); err != nil {
		slog.Info("read", "error", err) // want "error is logged at info"
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	if err := os.Remove("lock"); err != nil {
		slog.Error("remove", "error", err)
		w.WriteHeader(http.StatusInternalServerError)
	}
}

func greets(ctx context.Context, err error) {
	slog.Error("listening on :8080") // want "message about a success is logged at error"
	slog.Error("server not started")
	slog.Error("connection lost, connected for 3 s")
	slog.Error("started", "error", err)
	slog.Log(ctx, levelNotice, "started") // want "custom log level; there are debug, info, warn and error"
	slog.Log(ctx, levelWarn, "started")
}
