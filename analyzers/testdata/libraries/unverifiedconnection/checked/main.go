// Command checked asks each of its databases for a sign of life.
package main

import (
	"context"
	"database/sql"
	"log"
	"net/http"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/jmoiron/sqlx"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

type app struct{ pool *pgxpool.Pool }

func (a *app) ready(w http.ResponseWriter, r *http.Request) {
	if err := a.pool.Ping(r.Context()); err != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	pool, err := pgxpool.New(context.Background(), "postgres://db/orders")
	check(err)
	wrapped := stdlib.OpenDBFromPool(pool)
	defer wrapped.Close()

	connected, err := sqlx.Connect("pgx", "postgres://db/orders")
	check(err)
	defer connected.Close()

	opened, err := sql.Open("pgx", "postgres://db/orders")
	check(err)
	check(sqlx.NewDb(opened, "pgx").Ping())

	given, err := sql.Open("pgx", "postgres://db/orders")
	check(err)
	orm, err := gorm.Open(postgres.New(postgres.Config{Conn: given}))
	check(err)
	log.Print(orm.Name())

	a := &app{pool}
	http.HandleFunc("/ready", a.ready)
	log.Fatal(http.ListenAndServe(":8080", nil))
}
