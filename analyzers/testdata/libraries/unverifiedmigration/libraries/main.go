// Command libraries migrates and ends.
package main

import (
	"context"
	"database/sql"
	"log"

	"github.com/golang-migrate/migrate/v4"
	"github.com/pressly/goose/v3"
)

func quietly(dsn string) {
	m, err := migrate.New("file://migrations", dsn)
	if err != nil {
		log.Fatal(err)
	}
	if err := m.Up(); err != nil { // want "migration ends without a record of what was applied"
		log.Fatal(err)
	}
}

// goose tells each step by itself.
func aloud(db *sql.DB) {
	if err := goose.UpContext(context.Background(), db, "migrations"); err != nil {
		log.Fatal(err)
	}
}

func dropped(dsn string) {
	m, err := migrate.New("file://migrations", dsn)
	if err != nil {
		log.Fatal(err)
	}
	m.Steps(1) // want "nothing is logged if the migration fails"
}

func main() {
	const dsn = "postgres://db/orders"
	quietly(dsn)
	dropped(dsn)
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		log.Fatal(err)
	}
	aloud(db)
}
