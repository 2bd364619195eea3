// At the start of a service it is the matter of another rule.
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
	open().Up()
	log.Fatal(http.ListenAndServe(":8080", nil))
}
