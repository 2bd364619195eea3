// Nobody learns what was applied.
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
	err := m.Up() // want `migration ends without a record of what was applied`
	if err != nil {
		log.Fatal(err)
	}
}
