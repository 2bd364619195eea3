// Command pools opens databases with libraries that do not connect.
package main

import (
	"context"
	"log"
	"net/http"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jmoiron/sqlx"
)

type app struct {
	pool *pgxpool.Pool
	db   *sqlx.DB
}

func (a *app) list(w http.ResponseWriter, r *http.Request) {
	a.pool.QueryRow(r.Context(), "SELECT 1")
	a.db.QueryRowxContext(r.Context(), "SELECT 1")
}

func main() {
	pool, err := pgxpool.New(context.Background(), "postgres://db/orders") // want "pgxpool.New does not connect"
	if err != nil {
		log.Fatal(err)
	}
	db, err := sqlx.Open("pgx", "postgres://db/orders") // want "sqlx.Open does not connect"
	if err != nil {
		log.Fatal(err)
	}
	a := &app{pool, db}
	http.HandleFunc("/orders", a.list)
	log.Fatal(http.ListenAndServe(":8080", nil))
}
