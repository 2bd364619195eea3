// The handler for the readiness probe pings through a field.
package main

import (
	"database/sql"
	"log"
	"net/http"
)

type app struct {
	store *store
}

type store struct{ *sql.DB }

func (a *app) ready(w http.ResponseWriter, r *http.Request) {
	if err := a.store.PingContext(r.Context()); err != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}

func main() {
	db, err := sql.Open("postgres", "postgres://db/orders")
	if err != nil {
		log.Fatal(err)
	}
	a := &app{&store{db}}
	http.HandleFunc("/ready", a.ready)
	log.Fatal(http.ListenAndServe(":8080", nil))
}
