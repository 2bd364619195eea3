// Command orders serves the shop's order API.
package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"example.com/shop/orders/internal/api"
	"example.com/shop/orders/internal/config"
)

// drain is less than the pod's grace period, so that the process ends by itself.
const drain = 20 * time.Second

// version is set when the image is built: -ldflags "-X main.version=1.4.2".
var version = "devel"

func main() {
	level := slog.LevelInfo
	if err := level.UnmarshalText([]byte(os.Getenv("LOG_LEVEL"))); err != nil {
		level = slog.LevelInfo
	}
	lines := slog.NewJSONHandler(os.Stdout, &slog.HandlerOptions{Level: level})
	slog.SetDefault(slog.New(api.WithCorrelation(lines)).With("service", "orders", "version", version))
	if err := run(); err != nil {
		slog.Error("orders stopped", "error", err)
		os.Exit(1)
	}
}

func run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()

	settings, err := config.FromEnvironment()
	if err != nil {
		return err
	}
	slog.Info("orders starts", "settings", settings)

	handler := api.New(settings)
	server := &http.Server{
		Addr:              settings.Address,
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
	}
	failed := make(chan error, 1)
	go func() { failed <- server.ListenAndServe() }()

	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	slog.Info("orders drains")
	handler.Drain()
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	if err := server.Shutdown(limited); err != nil {
		return err
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
