package main

import (
	"database/sql"
	"log"
)

func main() {
	db, err := sql.Open("postgres", "postgres://db/orders")
	if err != nil {
		log.Fatal(err)
	}
	if _, err := db.Exec("DELETE FROM orders"); err != nil {
		log.Fatal(err)
	}
}
