// SQLite lives inside the process: there is nobody to reach.
package main

import (
	"database/sql"
	"log"
	"net/http"
)

func main() {
	db, err := sql.Open("sqlite3", "file:orders.db")
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { db.Exec("DELETE FROM orders") })
	log.Fatal(http.ListenAndServe(":8080", nil))
}
