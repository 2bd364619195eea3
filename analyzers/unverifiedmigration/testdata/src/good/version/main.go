// The version is read.
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

func main() {
	m := open()
	if err := m.Up(); err != nil {
		log.Fatal(err)
	}
	version, dirty, err := m.Version()
	slog.Info("done", "version", version, "dirty", dirty, "error", err)
}
