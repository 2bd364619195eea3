// A function checks the database that it is given.
package main

import (
	"database/sql"
	"log"
	"net/http"
	"time"
)

func wait(db *sql.DB, attempts int) error {
	var err error
	for range attempts {
		if err = db.Ping(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

var db *sql.DB

func main() {
	var err error
	if db, err = sql.Open("postgres", "postgres://db/orders"); err != nil {
		log.Fatal(err)
	}
	if err := wait(db, 3); err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
