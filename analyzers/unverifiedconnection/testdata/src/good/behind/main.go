// What pings knows the database only as an interface.
package main

import (
	"context"
	"database/sql"
	"log"
	"net/http"
)

type pinger interface {
	PingContext(ctx context.Context) error
}

func ready(p pinger) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := p.PingContext(r.Context()); err != nil {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}
}

func main() {
	db, err := sql.Open("postgres", "postgres://db/orders")
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/ready", ready(db))
	log.Fatal(http.ListenAndServe(":8080", nil))
}
