// Command libraries migrates with several libraries before it serves.
package main

import (
	"database/sql"
	"log"
	"net/http"

	"github.com/golang-migrate/migrate/v4"
	"github.com/jmoiron/sqlx"
	"github.com/pressly/goose/v3"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

type order struct{ ID int }

func viaGorm(dsn string) error {
	db, err := gorm.Open(postgres.Open(dsn), &gorm.Config{})
	if err != nil {
		return err
	}
	return db.AutoMigrate(&order{}) // want "schema migration runs at the start of every replica"
}

func viaMigrate(dsn string) error {
	m, err := migrate.New("file://migrations", dsn)
	if err != nil {
		return err
	}
	if err := m.Up(); err != nil && err != migrate.ErrNoChange { // want "schema migration"
		return err
	}
	return nil
}

func viaGoose(db *sql.DB) error {
	if err := goose.SetDialect("postgres"); err != nil {
		return err
	}
	return goose.Up(db, "migrations") // want "schema migration"
}

func viaStatements(db *sqlx.DB) {
	db.MustExec("CREATE TABLE IF NOT EXISTS orders (id int)") // want "schema migration"
}

func main() {
	const dsn = "postgres://db/orders"
	db := sqlx.MustConnect("pgx", dsn)
	viaStatements(db)
	for _, err := range []error{viaGorm(dsn), viaMigrate(dsn), viaGoose(db.DB)} {
		if err != nil {
			log.Fatal(err)
		}
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
