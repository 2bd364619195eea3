// A channel takes the database out of sight.
package main

import (
	"database/sql"
	"log"
	"net/http"
)

var databases = make(chan *sql.DB, 1)

func main() {
	db, err := sql.Open("postgres", "postgres://db/orders")
	if err != nil {
		log.Fatal(err)
	}
	databases <- db
	log.Fatal(http.ListenAndServe(":8080", nil))
}
