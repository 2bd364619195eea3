// A map takes the database out of sight.
package main

import (
	"database/sql"
	"log"
	"net/http"
)

var databases = map[string]*sql.DB{}

func main() {
	db, err := sql.Open("postgres", "postgres://db/orders")
	if err != nil {
		log.Fatal(err)
	}
	databases["orders"] = db
	log.Fatal(http.ListenAndServe(":8080", nil))
}
