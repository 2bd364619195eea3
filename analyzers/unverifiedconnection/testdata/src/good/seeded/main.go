// The constructor runs a statement that fails if the database is down.
package main

import (
	"database/sql"
	"log"
	"net/http"
)

type store struct{ db *sql.DB }

func newStore() (*store, error) {
	db, err := sql.Open("postgres", "postgres://db/orders")
	if err != nil {
		return nil, err
	}
	if _, err := db.Exec("INSERT INTO starts VALUES (now())"); err != nil {
		return nil, err
	}
	return &store{db}, nil
}

func main() {
	if _, err := newStore(); err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
