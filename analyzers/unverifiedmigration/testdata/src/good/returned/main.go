// The error is somebody else's to log.
package main

import (
	"log"
	"log/slog"
	"net/http"
	"os"

	"github.com/golang-migrate/migrate/v4"
)

var _ = []any{slog.Info, http.MethodGet, os.Exit}

func open() *migrate.Migrate {
	m, err := migrate.New("file://migrations", os.Getenv("DATABASE_URL"))
	if err != nil {
		log.Fatal(err)
	}
	return m
}

func run() error { return open().Up() }

func main() {
	if err := run(); err != nil {
		log.Fatal(err)
	}
	slog.Info("migrated")
}
