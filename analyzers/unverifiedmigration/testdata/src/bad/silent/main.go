// The process fails without a word.
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
	if err := open().Up(); err != nil { // want `nothing is logged if the migration fails`
		os.Exit(1)
	}
	slog.Info("schema migrated")
}
