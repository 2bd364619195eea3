// One of two databases is pinged, the other is not.
package main

import (
	"context"
	"database/sql"
	"log"
	"net/http"
)

type stores struct{ orders, archive *sql.DB }

func must(db *sql.DB, err error) *sql.DB {
	if err != nil {
		log.Fatal(err)
	}
	return db
}

func main() {
	var s stores
	var err error
	s.orders, err = sql.Open("postgres", "postgres://orders")
	if err != nil {
		log.Fatal(err)
	}
	s.archive, err = sql.Open("postgres", "postgres://archive") // want `sql.Open does not connect`
	if err != nil {
		log.Fatal(err)
	}
	if err := s.orders.PingContext(context.Background()); err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/archive", func(w http.ResponseWriter, r *http.Request) {
		s.archive.ExecContext(r.Context(), "DELETE FROM orders")
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
