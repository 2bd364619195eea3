// The function that opens the database is handed to something that calls it.
package main

import (
	"database/sql"
	"log"
	"net/http"
)

func open() *sql.DB {
	db, err := sql.Open("postgres", "postgres://db/orders")
	if err != nil {
		log.Fatal(err)
	}
	return db
}

func provide(constructors ...any) { log.Print(len(constructors)) }

func main() {
	provide(open)
	log.Fatal(http.ListenAndServe(":8080", nil))
}
