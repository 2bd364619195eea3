package main

import (
	"log/slog"
	"net/http"
	"os"
	"strings"

	"github.com/rs/zerolog"
	"go.uber.org/zap"
)

type config struct {
	Env    string
	Debug  bool
	Pretty bool
}

func main() {
	logger := build(config{Env: os.Getenv("ENV")})
	logger.Info("starting")
	http.ListenAndServe(":8080", nil)
}

func build(c config) *zap.Logger {
	if c.Env == "development" {
		l, _ := zap.NewDevelopment()
		return l
	}
	if c.Debug {
		l, _ := zap.NewDevelopment()
		return l
	}
	if c.Pretty {
		_ = zerolog.New(zerolog.ConsoleWriter{Out: os.Stdout})
	}
	switch strings.ToLower(os.Getenv("APP_ENV")) {
	case "dev", "local":
		slog.SetDefault(slog.New(slog.NewTextHandler(os.Stdout, nil)))
	default:
		slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stdout, nil)))
	}
	if c.Env != "production" {
		_ = slog.NewTextHandler(os.Stdout, nil)
	}
	if os.Getenv("ENVIRONMENT") == "prod" {
		l, _ := zap.NewProduction()
		return l
	} else {
		l, _ := zap.NewDevelopment()
		return l
	}
}
